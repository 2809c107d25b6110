import type { ClaimOutcome, EventLogReader, EventLogWriter } from '@taskwire/event-log';
import { loadEnd } from '../../retention/settle-task.ts';
import { restoreLog, type RestoreDependencies } from '../stored/restore-log.ts';
import type { TaskRow } from '../stored/task-rows.ts';

/** What a worker has of a task that it has claimed. */
export type Claim = Extract<ClaimOutcome, { claimed: true }>;

/** How often a log that is lost again and again is restored before the queue has to bring the task anew. */
const TRIES = 5;

/**
 * Claims a task for this worker; if Redis has lost its log, the log is begun anew first (MUST 12).
 * @returns undefined if the task has ended: its log tells how.
 * @throws Error if the log is lost again and again.
 */
export async function claimTask(
  dependencies: RestoreDependencies & {
    eventLog: EventLogWriter & EventLogReader;
    workerId: string;
  },
  row: TaskRow,
): Promise<Claim | undefined> {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const claim = await dependencies.eventLog.claim(row, dependencies.workerId);
    if (claim.claimed) return claim;
    // Redis evicts keys one by one: a log may say that it ended without its last event, or have that event alone.
    if ((await loadEnd(dependencies.eventLog, row)) !== undefined) return undefined;
    await restoreLog(dependencies, row, claim.reason === 'lost' ? claim.lostAfter : undefined);
  }
  throw new Error('the event log of the task is lost, and cannot be begun anew');
}
