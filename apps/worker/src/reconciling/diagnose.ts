import { hasHole, type LogStatus } from '@taskwire/event-log';
import { isTerminalStatus } from '@taskwire/protocol';
import type { UnsettledTask } from './unsettled-tasks.ts';

/**
 * What is left to do for a task:
 * - `archive`: its row says how it ended, its history is not complete
 * - `settle`: its log says that it ended, its row does not
 * - `restore`: Redis has lost its log
 * - `restore-hole`: Redis has lost events that are not persisted, and has later ones
 * - `restore-end`: Redis has lost the log's latest events: less is there than is persisted
 * - `cancel`: a cancel was asked for, of which the log does not know
 * - `none`: row and log agree; whether a worker will take it is for the queue to say
 */
export type Diagnosis = 'archive' | 'settle' | 'restore' | 'restore-hole' | 'restore-end' | 'cancel' | 'none';

/**
 * Compares a task's row with what Redis has of its log.
 * @param log must have been looked at before the row was read: it is trimmed below what the row covers.
 */
export function diagnose(task: UnsettledTask, log: LogStatus | undefined): Diagnosis {
  if (isTerminalStatus(task.status)) return 'archive';
  if (log === undefined) return 'restore';
  if (log.ended) return 'settle';
  if (hasHole(log, task.snapshotSeq)) return 'restore-hole';
  if (log.seq < task.snapshotSeq) return 'restore-end';
  return task.status === 'canceling' && !log.canceling ? 'cancel' : 'none';
}
