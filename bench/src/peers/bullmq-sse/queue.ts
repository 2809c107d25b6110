/** The queue whose one job tells its progress. */
export const QUEUE = 'bench';
