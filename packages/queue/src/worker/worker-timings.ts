/** Durations (ms) of a worker's locks, heartbeats and waits. Tests shorten them. */
export interface WorkerTimings {
  /** A delivery whose lock is not renewed for this long goes to another worker. */
  lockMs: number;
  /** Interval between two searches for jobs without a lock. */
  stalledCheckMs: number;
  /** Interval between two heartbeats of a worker. */
  heartbeatMs: number;
  /** A worker without a heartbeat for this long counts as silent. */
  silentMs: number;
  /** Time between the last death that a task may have and the second look at its workers. */
  confirmMs: number;
  /** First delay of a task that a worker cannot run now; it doubles up to `laterCapMs`. */
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

/** About this long (ms): workers do not act in step. */
export function jittered(ms: number): number {
  return Math.round(ms * (0.75 + Math.random() / 2));
}

/** A delay (ms) that doubles with every wait up to a cap; jittered, so that workers do not act in step. */
export function growingDelay(waits: number, { laterMs, laterCapMs }: WorkerTimings): number {
  const full = Math.min(laterCapMs, laterMs * 2 ** Math.min(Math.max(waits - 1, 0), 20));
  return Math.round(full * (0.5 + Math.random() / 2));
}
