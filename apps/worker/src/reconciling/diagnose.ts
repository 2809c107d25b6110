import type { LogStatus } from '@taskwire/event-log';
import { isTerminalStatus } from '@taskwire/protocol';
import type { UnsettledTask } from './unsettled-tasks.ts';

/**
 * What is left to do for a task:
 * - `archive`: its row says how it ended, its history is not complete
 * - `settle`: its log says that it ended, its row does not
 * - `restore`: Redis has lost its log
 * - `restore-end`: Redis has lost the log's latest events: less is there than is persisted
 * - `cancel`: a cancel was asked for, of which the log does not know
 * - `none`: row and log agree; whether a worker will take it is for the queue to say
 */
export type Diagnosis = 'archive' | 'settle' | 'restore' | 'restore-end' | 'cancel' | 'none';

/** Compares a task's row with what Redis has of its log. */
export function diagnose(task: UnsettledTask, log: LogStatus | undefined): Diagnosis {
  if (isTerminalStatus(task.status)) return 'archive';
  if (log === undefined) return 'restore';
  if (log.ended) return 'settle';
  if (log.seq < task.snapshotSeq) return 'restore-end';
  return task.status === 'canceling' && !log.canceling ? 'cancel' : 'none';
}
