import { QUEUE_PREFIX } from '../queue-settings.ts';

/** Start of every key of the fleet; the hash tag keeps them on the node of the queue. */
export const FLEET_PREFIX = `${QUEUE_PREFIX}:fleet:`;

/** Time (seconds) for which the record of a task is kept after its last change. */
export const RECORD_KEPT_SECONDS = 7 * 24 * 60 * 60;

/** Sorted set: worker id by the time (ms, clock of Redis) of its last heartbeat. The stored name is older than the word. */
export const HEARTBEATS_KEY = `${FLEET_PREFIX}beats`;

/** String: when (ms, clock of Redis) heartbeats came back after none had come for a while: Redis, or every worker, was away. */
export const RESUMED_KEY = `${FLEET_PREFIX}resumed`;

/** Before a worker's id: hash, version, kinds (joined by spaces), startedAt (ms). Expires with its worker. */
export const WORKER_PREFIX = `${FLEET_PREFIX}worker:`;

export function workerKey(workerId: string): string {
  return `${WORKER_PREFIX}${workerId}`;
}

/** Before a worker's id: set, the tasks that it runs, as of its last heartbeat. Expires with its worker. */
export const RUNS_PREFIX = `${FLEET_PREFIX}runs:`;

/**
 * Before a task's id: hash, what the queue knows of an unfinished task; expires.
 * `run:<workerId>`: `running`; or `alone` or `shared` once that worker fell silent, by what else it ran.
 * `failures`: attempts that failed in order. `notBefore`: when (ms) the next one may begin, `delay` (ms) later.
 * `waits`: deliveries in a row that did not run it. `said`: its wait was announced.
 */
export const RECORD_PREFIX = `${FLEET_PREFIX}task:`;

export function recordKey(taskId: string): string {
  return `${RECORD_PREFIX}${taskId}`;
}
