import type { ClaimOutcome, EventLogReader, EventLogWriter } from '@taskwire/event-log';
import { loadEnd } from '../../retention/settle-task.ts';
import { restoreLog, type RestoreDependencies } from '../stored/restore-log.ts';
import type { TaskRow } from '../stored/task-rows.ts';

/** The claim of a task: its attempt number, its state and its writer. */
export type Claim = Extract<ClaimOutcome, { claimed: true }>;

/** Largest number of restorations of a task's log in one delivery of its job. */
const RESTORATIONS = 5;

/**
 * Claims a task for this worker. If Redis has lost the task's log, restores the log first (MUST 12).
 * @returns undefined if the task has ended; its log holds the end.
 * @throws Error if Redis loses the log `RESTORATIONS` times.
 */
export async function claimTask(
  dependencies: RestoreDependencies & {
    eventLog: EventLogWriter & EventLogReader;
    workerId: string;
  },
  row: TaskRow,
): Promise<Claim | undefined> {
  for (let restored = 0; restored < RESTORATIONS; restored += 1) {
    const claim = await dependencies.eventLog.claim(row, dependencies.workerId);
    if (claim.claimed) return claim;
    // Redis evicts keys one by one. So a log may be marked as ended without its last event, or hold that event alone.
    if ((await loadEnd(dependencies.eventLog, row)) !== undefined) return undefined;
    await restoreLog(dependencies, row, claim.reason === 'lost' ? claim.lostAfter : undefined);
  }
  throw new Error('the event log of the task is lost, and cannot be restored');
}
