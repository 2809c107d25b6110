import { QUEUE_PREFIX } from '../task-job.ts';

/** Prefix of every key of the fleet. The hash tag keeps the keys on the queue's node. */
export const FLEET_PREFIX = `${QUEUE_PREFIX}:fleet:`;

/** Time (s) for which a task's record is kept after its last change. */
export const RECORD_KEPT_SECONDS = 7 * 24 * 60 * 60;

/** Sorted set: worker id by the time (ms, clock of Redis) of its last heartbeat. The stored name is older than the word. */
export const HEARTBEATS_KEY = `${FLEET_PREFIX}beats`;

/** String: the time (ms, clock of Redis) at which heartbeats resumed after a pause of Redis or of every worker. */
export const RESUMED_KEY = `${FLEET_PREFIX}resumed`;

/** Prefix before a worker's id. Hash: version, kinds (joined by spaces), startedAt (ms). Expires with its worker. */
export const WORKER_PREFIX = `${FLEET_PREFIX}worker:`;

export function workerKey(workerId: string): string {
  return `${WORKER_PREFIX}${workerId}`;
}

/** Prefix before a worker's id. Set: the tasks that it runs, as of its last heartbeat. Expires with its worker. */
export const RUNS_PREFIX = `${FLEET_PREFIX}runs:`;

/**
 * Prefix before a task's id. Hash: the queue's knowledge of an unfinished task. Expires.
 * - `run:<workerId>`: `running`; after that worker fell silent, `alone` or `shared`, by the other tasks that it ran
 * - `failures`: attempts that failed in order
 * - `notBefore`: start (ms) of the next attempt, after `delay` (ms)
 * - `waits`: consecutive deliveries that did not run it
 * - `said`: its wait was announced
 */
export const RECORD_PREFIX = `${FLEET_PREFIX}task:`;

export function recordKey(taskId: string): string {
  return `${RECORD_PREFIX}${taskId}`;
}
