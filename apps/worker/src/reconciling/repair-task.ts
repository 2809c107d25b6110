import { archiveEnded, settleTask } from '../retention/settle-task.ts';
import { restoreLog } from '../running/restore-log.ts';
import { diagnose } from './diagnose.ts';
import type { ReconcilerParts } from './reconciler-parts.ts';
import type { UnsettledTask } from './unsettled-tasks.ts';

/** What was done for a task. */
export type Repair = 'archived' | 'settled' | 'restored' | 'enqueued' | 'told-of-cancel' | 'canceled';

/**
 * Does what is left to do for a task that looks as if nobody would. Looks once more first: what it was found by is a
 * moment old. Everything it does may be repeated, and be done by several at once.
 * @returns what was done; undefined if there was nothing to do.
 */
export async function repairTask(parts: ReconcilerParts, found: UnsettledTask): Promise<Repair | undefined> {
  const row = await parts.rows.find(found.taskId);
  if (row === undefined) return undefined;
  const task = { ...found, status: row.status };
  const diagnosis = diagnose(task, await parts.eventLog.inspect(task));
  switch (diagnosis) {
    case 'archive':
      await archiveEnded(parts, task);
      return 'archived';
    case 'settle':
      await settleTask(parts, task);
      return 'settled';
    case 'restore':
    case 'restore-end': {
      const restored = await restoreLog(parts, row, diagnosis === 'restore' ? undefined : task.snapshotSeq);
      const brought = await bringToEnd(parts, task);
      return restored ? 'restored' : brought;
    }
    case 'cancel':
      await parts.eventLog.append(task, { type: 'canceling', requestedBy: task.ownerId });
      return (await bringToEnd(parts, task)) ?? 'told-of-cancel';
    case 'none':
      return bringToEnd(parts, task);
    default:
      return diagnosis satisfies never;
  }
}

/** Sees that a task whose log is there comes to a worker, or ends without one if a cancel was asked for. */
async function bringToEnd(parts: ReconcilerParts, task: UnsettledTask): Promise<Repair | undefined> {
  const missing = await parts.queue.missing([task.taskId]);
  const log = await parts.eventLog.inspect(task);
  if (!missing.has(task.taskId) || log === undefined || log.ended) return undefined;
  if (log.canceling || task.status === 'canceling') {
    await parts.eventLog.append(task, { type: 'canceled' });
    await settleTask(parts, task);
    return 'canceled';
  }
  const { taskId, kind, priority } = task;
  await parts.queue.enqueue({ taskId, kind, priority });
  return 'enqueued';
}
