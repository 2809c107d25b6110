/** URL of the server if none is given: one on this machine. */
export const DEFAULT_URL = 'http://127.0.0.1:4000';
