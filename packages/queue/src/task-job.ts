import type { Job } from 'bullmq';

/** Name of the only queue. A worker that does not know a task's kind puts the task back. */
export const QUEUE_NAME = 'tasks';

/** Key prefix. The hash tag (the braces) keeps the queue on one node of a Redis Cluster. */
export const QUEUE_PREFIX = '{taskwire-queue}';

/** A job's data, which only identifies the task. The row in PostgreSQL is the truth. */
export interface JobData {
  kind: string;
}

/** A task to run now. */
export interface TaskJob {
  taskId: string;
  /** The kind, which this build may not know. */
  kind: string;
  /**
   * Tries that remain after this one. An attempt that fails in order uses up a try, and so does a worker that dies
   * while it runs only this task. Negative: too many workers died, and the task must not run again.
   */
  triesLeft: number;
  /** Delay (ms) before the next try, if this one answers `retry`. */
  retryDelayMs: number;
}

/**
 * Outcome of a run, which decides the next step of its job.
 * - `finished`: no further step
 * - `retry`: the attempt failed in order; the job returns after `retryDelayMs`, and a try is used up
 * - `hand-over`: the job returns at once, here or elsewhere; no try is used up
 * - `later`: this worker cannot run the job now; it returns after a growing delay, here or elsewhere; no try is used up
 * - `superseded`: another worker's attempt has the task; no try is used up
 */
export type JobOutcome = 'finished' | 'retry' | 'hand-over' | 'later' | 'superseded';

/** Number of attempts of a failing task, and the delay (ms) before the second; each further delay doubles. */
export interface RetryPolicy {
  attempts: number;
  backoffMs: number;
}

/** The retry policy of a kind; undefined for a kind that the process does not know. */
export type RetryPolicyOf = (kind: string) => RetryPolicy | undefined;

/** Policy for kinds that the process that enqueues a task does not know. */
export const UNKNOWN_KIND_POLICY: RetryPolicy = { attempts: 1, backoffMs: 0 };

/** The retry policy of a job's task: that of this process if it knows the kind, else that of the one that enqueued it. */
export function retryPolicyOfJob({ data, opts }: Job<JobData>, retryPolicyOf: RetryPolicyOf): RetryPolicy {
  const known = retryPolicyOf(data.kind);
  if (known !== undefined) return known;
  const { attempts = 1, backoff = 0 } = opts;
  // BullMQ puts 0 in the place of an absent value.
  return { attempts: Math.max(attempts, 1), backoffMs: typeof backoff === 'number' ? backoff : (backoff.delay ?? 0) };
}
