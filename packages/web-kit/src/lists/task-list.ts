import { isTerminalStatus, type TaskStatus } from '@taskwire/protocol';
import { formatPercent, formatWhen } from '@taskwire/tasks';
import { formatRoute } from '../page/route.ts';
import { kindNote, taskTitle, type TaskOutcome } from '../tasks/task-facts.ts';
import type { TaskProgress } from '../tasks/task-progress.ts';
import { hasEnded } from '../tasks/task-words.ts';
import { LIST_PAGE_SIZE } from './document-list.ts';
import { filterInput, type StatusFilter } from './status-filter.ts';

/**
 * Largest number of rows that are watched live. Each has its own stream, and a browser opens at most six connections
 * to one server over all tabs. The other rows change when the list is loaded again.
 */
const LIVE_ROWS = 2;

/** Time (ms) between two loads of a list with unfinished tasks. */
export const LIST_REFRESH_MS = 3_000;

/** The ids of the tasks to watch live: unfinished ones, and those with a worker before those that wait. */
export function liveTaskIds(tasks: readonly { taskId: string; status: TaskStatus }[]): ReadonlySet<string> {
  const waiting = (task: { status: TaskStatus }): number => (task.status === 'queued' ? 1 : 0);
  const candidates = unfinished(tasks).sort((first, second) => waiting(first) - waiting(second));
  return new Set(candidates.slice(0, LIVE_ROWS).map((task) => task.taskId));
}

/** Time (ms) until the list loads again; false if all its tasks have ended. */
export function listRefresh(tasks: readonly { taskId: string; status: TaskStatus }[]): number | false {
  return unfinished(tasks).length > 0 ? LIST_REFRESH_MS : false;
}

function unfinished<Item extends { status: TaskStatus }>(tasks: readonly Item[]): Item[] {
  return tasks.filter((task) => !isTerminalStatus(task.status));
}

/** The input of `task.list` for one page of the list. */
export function taskListInput(filter: StatusFilter): { limit: number; status?: TaskStatus[] } {
  return { limit: LIST_PAGE_SIZE, ...filterInput(filter) };
}

/** The words of a list without tasks. */
export function noTasksWords(filter: StatusFilter): { title: string; text: string } {
  if (filter !== 'all') return { title: 'No such tasks', text: 'Choose another filter to see the rest.' };
  return {
    title: 'No tasks yet',
    text: 'Upload a document to start your first one. You can watch it being read, page by page.',
  };
}

/** A task as a row of a list. */
export interface TaskRow {
  href: string;
  title: string;
  /** `Document ingest · 5 min ago` */
  detail: string;
  /** `25%`; empty once the task has ended. */
  percent: string;
  isEnded: boolean;
}

/** The fields of a task that its row in a list shows. */
export interface ListedTask extends TaskOutcome, TaskProgress {
  taskId: string;
  /** Milliseconds since 1970. */
  createdAt: number;
}

export interface TaskRowOptions {
  /** The latest progress: of the live view, or of the list. */
  progress: TaskProgress;
  /** The title that this browser remembers; undefined: none. */
  remembered: string | undefined;
  /** The time (ms since 1970) that ages refer to. */
  now: number;
}

/** The words of a task's row. */
export function taskRow(
  task: TaskOutcome & { taskId: string; createdAt: number },
  { progress, remembered, now }: TaskRowOptions,
): TaskRow {
  const title = taskTitle(task, remembered);
  const isEnded = hasEnded(progress.status);
  const details = [kindNote(task.kind, title), formatWhen(task.createdAt, now)];
  return {
    href: formatRoute({ page: 'task', taskId: task.taskId, query: '' }),
    title,
    detail: details.filter((part) => part !== undefined).join(' · '),
    percent: isEnded ? '' : formatPercent(progress.percent),
    isEnded,
  };
}
