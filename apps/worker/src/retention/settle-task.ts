import { markArchived, recordTaskEnd } from '@taskwire/db';
import type { EventLogReader, TaskAddress } from '@taskwire/event-log';
import {
  ENDED_LOG_KEPT_SECONDS,
  TaskwireError,
  isTerminalEventType,
  isTerminalStatus,
  reduce,
  type TaskSnapshot,
} from '@taskwire/protocol';
import { archiveLog } from './archive-log.ts';
import type { RetentionDependencies } from './retention-dependencies.ts';

type SettleDependencies = Pick<RetentionDependencies, 'database' | 'eventLog'>;

/**
 * Finishes what is left to do for an ended task: its row as its log tells it, the rest of its history, and the time at
 * which Redis forgets its log. May be repeated, and be done by several at once: the mark comes last.
 * @throws Error if the task has not ended, as far as its log tells.
 */
export async function settleTask(dependencies: SettleDependencies, task: TaskAddress): Promise<void> {
  const end = await loadEnd(dependencies.eventLog, task).catch(goneIfDeleted);
  if (end === 'deleted') return;
  if (end === undefined) throw new Error(`the log of task ${task.taskId} does not tell of its end`);
  await recordTaskEnd(dependencies.database, end);
  await archiveEnded(dependencies, task);
}

/** The same for a task whose row is complete already. What Redis has lost of the log is not waited for. */
export async function archiveEnded({ database, eventLog }: SettleDependencies, task: TaskAddress): Promise<void> {
  await archiveLog({ database, eventLog }, task);
  await eventLog.relay(task);
  await eventLog.expire(task, ENDED_LOG_KEPT_SECONDS);
  await markArchived(database, task.taskId);
}

/** An ended task may be deleted at any moment: then there is nothing left to do. */
function goneIfDeleted(error: unknown): 'deleted' {
  if (error instanceof TaskwireError && error.code === 'NOT_FOUND') return 'deleted';
  throw error;
}

/** The state that a task ended in; undefined if it has not ended, or Redis has lost its end. */
export async function loadEnd(eventLog: EventLogReader, task: TaskAddress): Promise<TaskSnapshot | undefined> {
  const snapshot = await eventLog.snapshot(task);
  if (isTerminalStatus(snapshot.state.status)) return snapshot;
  // A log that lost its latest events to a failover may have ended at a seq below the persisted one, where the fold
  // does not look.
  const status = await eventLog.inspect(task);
  const [last] = status?.ended === true ? await eventLog.read(task, status.seq - 1, 1) : [];
  if (last === undefined || !isTerminalEventType(last.type)) return undefined;
  return { seq: snapshot.seq, state: reduce(snapshot.state, last) };
}
