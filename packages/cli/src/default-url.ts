/** URL of a server that nobody has named: one of this machine. */
export const DEFAULT_URL = 'http://127.0.0.1:4000';
