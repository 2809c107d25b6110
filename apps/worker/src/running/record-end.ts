import type { EventLog, TaskAddress } from '@taskwire/event-log';
import { isTerminalStatus } from '@taskwire/protocol';
import type { TaskRows } from './task-rows.ts';

/** How long (seconds) an ended task's log stays in Redis: watchers that were away can still have each event. */
const LOG_KEPT_SECONDS = 24 * 60 * 60;

/** Writes an ended task's row as its log tells it, and lets the log expire. May be repeated. */
export async function recordEnd(
  parts: { rows: TaskRows; eventLog: Pick<EventLog, 'snapshot' | 'expire'> },
  task: TaskAddress,
): Promise<void> {
  const snapshot = await parts.eventLog.snapshot(task);
  if (!isTerminalStatus(snapshot.state.status)) throw new Error(`task ${task.taskId} has not ended`);
  await parts.rows.recordEnd(snapshot);
  await parts.eventLog.expire(task, LOG_KEPT_SECONDS);
}
