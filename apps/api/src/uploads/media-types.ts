/** What can be uploaded: what document.ingest reads. */
export const ACCEPTED_MEDIA_TYPES = ['application/pdf', 'text/markdown', 'text/html', 'text/plain'] as const;

export type AcceptedMediaType = (typeof ACCEPTED_MEDIA_TYPES)[number];
