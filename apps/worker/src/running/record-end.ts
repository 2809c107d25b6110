import type { EventLog, TaskAddress } from '@taskwire/event-log';
import { ENDED_LOG_KEPT_SECONDS, isTerminalStatus } from '@taskwire/protocol';
import type { TaskRows } from './task-rows.ts';

/** Writes an ended task's row as its log tells it, and lets the log expire. May be repeated. */
export async function recordEnd(
  parts: { rows: TaskRows; eventLog: Pick<EventLog, 'snapshot' | 'expire'> },
  task: TaskAddress,
): Promise<void> {
  const snapshot = await parts.eventLog.snapshot(task);
  if (!isTerminalStatus(snapshot.state.status)) throw new Error(`task ${task.taskId} has not ended`);
  await parts.rows.recordEnd(snapshot);
  await parts.eventLog.expire(task, ENDED_LOG_KEPT_SECONDS);
}
