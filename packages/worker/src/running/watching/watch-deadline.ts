import type { TaskCatalog } from '@taskwire/tasks';
import type { Attempt } from '../attempt/attempt.ts';
import type { TaskRow } from '../stored/task-rows.ts';

/** Longest delay (ms) of a timer: nearly 25 days. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Time limit (ms) of a task from its first start on; undefined if the catalog does not have its kind. */
export function timeLimitOf({ kind, timeoutMs }: TaskRow, catalog: Pick<TaskCatalog, 'find'>): number | undefined {
  return timeoutMs ?? catalog.find(kind)?.timeoutMs;
}

/**
 * Stops an attempt when its task reaches its time limit, counted over all attempts by the clock of the log. If the limit
 * was reached before the attempt began, the attempt is stopped at once.
 * @returns a function that ends the watch.
 */
export function watchDeadline(attempt: Attempt, limitMs: number | undefined): () => void {
  if (limitMs === undefined) return () => undefined;
  const leftMs = limitMs - attempt.elapsedBeforeMs;
  const stop = () => attempt.stop('timeout');
  if (leftMs <= 0) stop();
  const timer = setTimeout(stop, Math.min(Math.max(leftMs, 0), LONGEST_TIMER_MS));
  return () => clearTimeout(timer);
}
