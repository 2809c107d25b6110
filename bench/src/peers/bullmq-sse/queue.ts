/** The queue of the one job that reports progress. */
export const QUEUE = 'bench';
