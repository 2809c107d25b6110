const LEAST_MS = 1_000;
const SPREAD_MS = 2_000;

/** After how long (whole ms) a client is to come back that was sent away or cut off: each at its own time. */
export function retryDelay(): number {
  return Math.round(LEAST_MS + SPREAD_MS * Math.random());
}
