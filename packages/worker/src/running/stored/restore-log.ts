import { eventsLost, type EventLogAdministration, type RestoreRequest } from '@taskwire/event-log';
import { isTerminalStatus, stagePlansOf } from '@taskwire/protocol';
import type { TaskCatalog } from '@taskwire/tasks';
import type { TaskRow, TaskRows } from './task-rows.ts';

/** Dependencies of restoring a log. */
export interface RestoreDependencies {
  rows: Pick<TaskRows, 'find' | 'loadSnapshot'>;
  eventLog: EventLogAdministration;
  /** The kinds whose stages this worker knows. */
  catalog: Pick<TaskCatalog, 'find'>;
}

/**
 * Restores the lost log of an unfinished task from its state in PostgreSQL. Several processes may do so at once.
 * @param lostAfter A seq that the log is known to have had: a log that has reached it is left as it is. If absent, each
 * log that exists is left as it is.
 * @returns false if there was nothing to restore: the log exists, or the task has ended or was deleted.
 */
export async function restoreLog(
  { rows, eventLog, catalog }: RestoreDependencies,
  { taskId }: Pick<TaskRow, 'taskId'>,
  lostAfter?: number,
): Promise<boolean> {
  const row = await rows.find(taskId);
  const persisted = await rows.loadSnapshot(taskId);
  if (row === undefined || persisted === undefined || isTerminalStatus(row.status)) return false;
  return eventLog.restore(row, {
    attempt: row.attempt,
    canceling: row.status === 'canceling',
    percent: row.percent,
    event: persisted.state.startedAt === undefined ? queuedAgain(row, catalog) : eventsLost(),
    ...(lostAfter === undefined ? {} : { lostAfter }),
  });
}

/** The first event of a task without a known start: it names the stages too. */
function queuedAgain({ kind, priority }: TaskRow, catalog: RestoreDependencies['catalog']): RestoreRequest['event'] {
  const stages = catalog.find(kind)?.stages ?? [];
  return { type: 'queued', kind, priority, stages: stagePlansOf(stages) };
}
