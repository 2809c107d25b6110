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
 * Settles an ended task: writes the end of its log into its row, archives the rest of its history, and lets its log expire.
 * It may be repeated, and several processes may do it at once, because the mark in the row comes last.
 * @throws Error if the task's log holds no end.
 */
export async function settleTask(dependencies: SettleDependencies, task: TaskAddress): Promise<void> {
  const end = await loadEnd(dependencies.eventLog, task).catch(goneIfDeleted);
  if (end === 'deleted') return;
  if (end === undefined) throw new Error(`the log of task ${task.taskId} holds no end`);
  await recordTaskEnd(dependencies.database, end);
  await archiveEnded(dependencies, task);
}

/** Archives a task whose row holds its end. Events that Redis has lost are left out. */
export async function archiveEnded({ database, eventLog }: SettleDependencies, task: TaskAddress): Promise<void> {
  await archiveLog({ database, eventLog }, task);
  await eventLog.relay(task);
  await eventLog.expire(task, ENDED_LOG_KEPT_SECONDS);
  await markArchived(database, task.taskId);
}

/** Nothing is left to do for an ended task that is deleted meanwhile. */
function goneIfDeleted(error: unknown): 'deleted' {
  if (error instanceof TaskwireError && error.code === 'NOT_FOUND') return 'deleted';
  throw error;
}

/** The last state of an ended task; undefined if it has not ended, or Redis has lost its end. */
export async function loadEnd(eventLog: EventLogReader, task: TaskAddress): Promise<TaskSnapshot | undefined> {
  const snapshot = await eventLog.snapshot(task);
  if (isTerminalStatus(snapshot.state.status)) return snapshot;
  // After a failover lost its latest events, a log may have ended at a seq below the persisted one. The fold begins above.
  const status = await eventLog.inspect(task);
  const [last] = status?.ended === true ? await eventLog.read(task, status.seq - 1, 1) : [];
  if (last === undefined || !isTerminalEventType(last.type)) return undefined;
  return { seq: snapshot.seq, state: reduce(snapshot.state, last) };
}
