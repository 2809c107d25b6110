import { archiveEnded, loadEnd, settleTask } from '../retention/settle-task.ts';
import { restoreLog } from '../running/stored/restore-log.ts';
import { diagnose, type Diagnosis } from './diagnose.ts';
import type { ReconcilerDependencies } from './reconciler-dependencies.ts';
import { findUnsettled, type UnsettledTask } from './unsettled-tasks.ts';

/** Repair that was done for a task. */
export type Repair = 'archived' | 'settled' | 'restored' | 'enqueued' | 'cancel-requested' | 'canceled';

/** Diagnosis of a task, and the repair that was done; none if `done` is absent. */
export interface RepairOutcome {
  diagnosis: Diagnosis;
  done?: Repair;
}

/**
 * Diagnoses a task again, because the first diagnosis may be outdated, and repairs it. Each repair may be repeated, and
 * several processes may do it at once.
 */
export async function repairTask(dependencies: ReconcilerDependencies, found: UnsettledTask): Promise<RepairOutcome> {
  const log = await dependencies.eventLog.inspect(found);
  const task = await findUnsettled(dependencies.database, found.taskId);
  if (task === undefined) return { diagnosis: 'none' };
  const diagnosis = diagnose(task, log);
  const done = await repairAs(dependencies, task, { diagnosis, lastSeq: log?.seq ?? 0 });
  return done === undefined ? { diagnosis } : { diagnosis, done };
}

async function repairAs(
  dependencies: ReconcilerDependencies,
  task: UnsettledTask,
  { diagnosis, lastSeq }: { diagnosis: Diagnosis; lastSeq: number },
): Promise<Repair | undefined> {
  switch (diagnosis) {
    case 'archive':
      await archiveEnded(dependencies, task);
      return 'archived';
    case 'settle':
    case 'restore':
      return restoreOrSettle(dependencies, task);
    case 'restore-hole':
      return restoreOrSettle(dependencies, task, lastSeq + 1);
    case 'restore-end':
      return restoreOrSettle(dependencies, task, task.snapshotSeq);
    case 'cancel':
      await dependencies.eventLog.append(task, { type: 'canceling', requestedBy: task.ownerId });
      return (await enqueueOrCancel(dependencies, task)) ?? 'cancel-requested';
    case 'none':
      return enqueueOrCancel(dependencies, task);
    default:
      return diagnosis satisfies never;
  }
}

/** Settles a task if the rest of its log holds the end. Otherwise restores the log, and the task continues. */
async function restoreOrSettle(
  dependencies: ReconcilerDependencies,
  task: UnsettledTask,
  lostAfter?: number,
): Promise<Repair | undefined> {
  if ((await loadEnd(dependencies.eventLog, task)) !== undefined) {
    await settleTask(dependencies, task);
    return 'settled';
  }
  const restored = await restoreLog(dependencies, task, lostAfter);
  const followUp = await enqueueOrCancel(dependencies, task);
  return restored ? 'restored' : followUp;
}

/** Enqueues a task that has a log and no job. If a cancel was asked for, ends it as canceled. */
async function enqueueOrCancel(dependencies: ReconcilerDependencies, task: UnsettledTask): Promise<Repair | undefined> {
  const missing = await dependencies.queue.missing([task.taskId]);
  const log = await dependencies.eventLog.inspect(task);
  if (!missing.has(task.taskId) || log === undefined || log.ended) return undefined;
  if (log.canceling || task.status === 'canceling') {
    await dependencies.eventLog.append(task, { type: 'canceled' });
    await settleTask(dependencies, task);
    return 'canceled';
  }
  const { taskId, kind, priority } = task;
  await dependencies.queue.enqueue({ taskId, kind, priority });
  return 'enqueued';
}
