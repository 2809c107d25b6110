import { isTerminalStatus, type TaskStatus } from '@taskwire/protocol';

/**
 * How many rows of a list are watched live at a time. Each is a stream of its own, and a browser keeps six
 * connections to one server at most, over all tabs: the rest of the list is asked for again instead.
 */
const LIVE_ROWS = 2;

/** How often (ms) a list with unfinished tasks is asked for again. */
export const LIST_REFRESH_MS = 3_000;

/** The ids of the tasks to watch live: unfinished ones, those that are being worked on before those that wait. */
export function liveTaskIds(tasks: readonly { taskId: string; status: TaskStatus }[]): ReadonlySet<string> {
  const waiting = (task: { status: TaskStatus }): number => (task.status === 'queued' ? 1 : 0);
  const candidates = unfinished(tasks).sort((first, second) => waiting(first) - waiting(second));
  return new Set(candidates.slice(0, LIVE_ROWS).map((task) => task.taskId));
}

/** How long (ms) until a list should be asked for again; false if nothing in it can change by itself. */
export function listRefresh(tasks: readonly { taskId: string; status: TaskStatus }[]): number | false {
  return unfinished(tasks).length > 0 ? LIST_REFRESH_MS : false;
}

function unfinished<Item extends { status: TaskStatus }>(tasks: readonly Item[]): Item[] {
  return tasks.filter((task) => !isTerminalStatus(task.status));
}
