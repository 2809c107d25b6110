/** A task that is to be run now. */
export interface TaskJob {
  taskId: string;
  /** May be one that this build does not know. */
  kind: string;
  /**
   * Tries that remain after this one. A try is used up by an attempt that failed in order, and by a worker that died
   * while it ran nothing but this task. Negative: too many workers died, and the task must not be run again.
   */
  triesLeft: number;
  /** Delay (ms) before the next try, if this one answers `retry`. */
  retryDelayMs: number;
}

/**
 * Outcome of a run, which decides the next step of its job.
 * - `finished`: nothing more.
 * - `retry`: the attempt failed in order; the job comes again after `retryDelayMs`, and a try is used up.
 * - `hand-over`: the job comes again at once, here or elsewhere; no try.
 * - `later`: this worker cannot run the job now; it comes again after a growing delay, here or elsewhere; no try.
 * - `superseded`: another worker's attempt has the task; no try.
 */
export type JobOutcome = 'finished' | 'retry' | 'hand-over' | 'later' | 'superseded';
