/** Durations (ms) of a worker's locks, heartbeats and waits. Tests shorten them. */
export interface WorkerTimings {
  /** Time without a renewal after which a delivery goes to another worker. */
  lockMs: number;
  /** Interval between two searches for jobs without a lock. */
  stalledCheckMs: number;
  /** Interval between two heartbeats of a worker. */
  heartbeatMs: number;
  /** Time without a heartbeat after which a worker is silent. */
  silentMs: number;
  /** Time between the last possible death of a task's worker and the second check of its workers. */
  confirmMs: number;
  /** First delay of a task that a worker cannot run now. It doubles up to `laterCapMs`. */
  laterMs: number;
  laterCapMs: number;
  /** Delay of a task that must run alone and finds the process busy. */
  aloneMs: number;
}

export const DEFAULT_TIMINGS: WorkerTimings = {
  lockMs: 10_000,
  stalledCheckMs: 3_000,
  heartbeatMs: 2_000,
  silentMs: 8_000,
  confirmMs: 10_000,
  laterMs: 250,
  laterCapMs: 10_000,
  aloneMs: 1_000,
};

/** Roughly this duration (ms), so that workers do not act in step. */
export function jittered(ms: number): number {
  return Math.round(ms * (0.75 + Math.random() / 2));
}

/** A delay (ms) that doubles with every wait up to a cap, jittered so that workers do not act in step. */
export function growingDelay(waits: number, { laterMs, laterCapMs }: WorkerTimings): number {
  const full = Math.min(laterCapMs, laterMs * 2 ** Math.min(Math.max(waits - 1, 0), 20));
  return Math.round(full * (0.5 + Math.random() / 2));
}
