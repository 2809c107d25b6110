/** The kind that an older build of the worker does not have. */
export const NEWER_KIND = 'demo.burn';

/** The highest number to which an older build's `demo.count` counts: a higher one is an input that only the newer takes. */
export const OLDER_COUNT = 60;
