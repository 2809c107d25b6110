import { hasHole, type LogStatus } from '@taskwire/event-log';
import { isTerminalStatus } from '@taskwire/protocol';
import type { UnsettledTask } from './unsettled-tasks.ts';

/**
 * The repair that a task needs:
 * - `archive`: the row holds the task's end, and the history is not complete
 * - `settle`: the log holds the task's end, and the row does not
 * - `restore`: Redis has lost the log
 * - `restore-hole`: Redis has lost events that are not persisted, and still has later ones
 * - `restore-end`: Redis has lost the latest events: the log ends before the persisted state
 * - `cancel`: the row holds a request to cancel, and the log does not
 * - `none`: row and log agree; the queue may still have no job for the task
 */
export type Diagnosis = 'archive' | 'settle' | 'restore' | 'restore-hole' | 'restore-end' | 'cancel' | 'none';

/**
 * Compares a task's row with its log in Redis.
 * @param log the status of the log, read before the row: the log is trimmed up to the state in the row.
 */
export function diagnose(task: UnsettledTask, log: LogStatus | undefined): Diagnosis {
  if (isTerminalStatus(task.status)) return 'archive';
  if (log === undefined) return 'restore';
  if (log.ended) return 'settle';
  if (hasHole(log, task.snapshotSeq)) return 'restore-hole';
  if (log.seq < task.snapshotSeq) return 'restore-end';
  return task.status === 'canceling' && !log.canceling ? 'cancel' : 'none';
}
