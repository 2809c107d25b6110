import { describeThrown } from '@taskwire/process-kit';
import type { TaskEventDraft } from '@taskwire/protocol';
import type { JobOutcome, TaskJob } from '@taskwire/queue';
import type { Logger } from 'pino';
import { settleTask } from '../../retention/settle-task.ts';
import type { Attempt } from './attempt.ts';
import { AttemptStopped, type StopReason } from './attempt-stopped.ts';
import { WORKER_STOPPED, failureOf, timedOut, type Failure } from './failure.ts';
import { restoreLog } from '../stored/restore-log.ts';
import type { WorkOutcome } from '../handler/run-task.ts';
import type { CurrentAttempt, RunnerDependencies } from '../runner-dependencies.ts';

/** The last event of an attempt: `retrying`, or a terminal event. */
type LastDraft = Extract<TaskEventDraft, { type: 'done' | 'error' | 'canceled' | 'retrying' }>;

/** The last event and the outcome for the queue; or the reason for which the log takes nothing more. */
type Step = { draft: LastDraft; then: JobOutcome } | { refused: 'superseded' | 'ended' | 'lost' };

/**
 * Ends an attempt: writes its last event, then the row.
 * @returns the outcome for the queue.
 */
export async function endAttempt(
  dependencies: RunnerDependencies,
  current: CurrentAttempt,
  outcome: WorkOutcome,
): Promise<JobOutcome> {
  const { attempt, row, logger } = current;
  const step = nextStep(current, outcome);
  if ('refused' in step) return afterRefusal(dependencies, current, step.refused);
  const { draft } = step;
  const refused = await attempt.conclude(draft);
  if (refused !== undefined) return afterRefusal(dependencies, current, refused);
  logger.info({ outcome: draft.type, durationMs: attempt.durationMs }, 'attempt ended');
  if (draft.type !== 'retrying') {
    await settleTask(dependencies, row);
    return step.then;
  }
  // If the reply to the append brought a cancel, the task ends now, without another attempt.
  if (attempt.stopReason === 'canceled') return endAttempt(dependencies, current, outcome);
  // Nothing depends on this status of the row: the log and the queue decide what comes next.
  await dependencies.rows.markRetrying(row.taskId, attempt.number).catch((error: unknown) => {
    logger.warn({ err: error }, 'the row could not be marked as retrying');
  });
  return step.then;
}

/** An attempt that ends: its last event depends on this, and on the outcome of its work. */
export interface EndingAttempt {
  attempt: Attempt;
  job: Pick<TaskJob, 'triesLeft' | 'retryDelayMs'>;
  limitMs: number | undefined;
  logger: Pick<Logger, 'warn'>;
}

/** The last event of an attempt, by the reason of its stop and the outcome of its work. @throws the error of a failed append. */
export function nextStep(current: EndingAttempt, outcome: WorkOutcome): Step {
  const { attempt, limitMs = 0 } = current;
  const reason: StopReason | undefined = attempt.stopReason;
  switch (reason) {
    case 'canceled':
      return { draft: { type: 'canceled' }, then: 'finished' };
    case 'timeout':
      return { draft: { type: 'error', ...timedOut(limitMs) }, then: 'finished' };
    case 'superseded':
    case 'ended':
    case 'lost':
      return { refused: reason };
    case 'shutdown':
      return 'output' in outcome ? done(attempt, outcome.output) : handedOver();
    case 'crashed':
      return failed(current, failureOf(causeOf(attempt)));
    case undefined:
      return 'output' in outcome ? done(attempt, outcome.output) : failed(current, outcome);
    default:
      return reason satisfies never;
  }
}

function causeOf({ signal }: Attempt): unknown {
  return signal.reason instanceof AttemptStopped ? signal.reason.cause : undefined;
}

function done(attempt: Attempt, output: unknown): Step {
  return { draft: { type: 'done', output, durationMs: attempt.durationMs }, then: 'finished' };
}

/** Another worker continues at once. The stop of a worker uses up no try of the task. */
function handedOver(): Step {
  return { draft: { type: 'retrying', delayMs: 0, error: WORKER_STOPPED }, then: 'hand-over' };
}

function failed({ job, logger }: EndingAttempt, { failure, permanent, isOutage = false, cause }: Failure): Step {
  const again = isOutage || (!permanent && job.triesLeft > 0);
  const err = cause === undefined ? {} : { err: describeThrown(cause) };
  logger.warn({ code: failure.code, again, ...err }, 'attempt failed');
  if (isOutage) return { draft: { type: 'retrying', delayMs: 0, error: failure }, then: 'later' };
  if (!again) return { draft: { type: 'error', ...failure }, then: 'finished' };
  return { draft: { type: 'retrying', delayMs: job.retryDelayMs, error: failure }, then: 'retry' };
}

/** After the log has refused the attempt: settles an ended task, restores a lost log, leaves the rest to the other attempt. */
async function afterRefusal(
  dependencies: RunnerDependencies,
  { attempt, row, logger }: CurrentAttempt,
  reason: 'superseded' | 'ended' | 'lost',
): Promise<JobOutcome> {
  logger.warn({ reason }, 'the attempt may write no more');
  if (reason === 'superseded') return 'superseded';
  if (reason === 'ended') {
    await settleTask(dependencies, row);
    return 'finished';
  }
  await restoreLog(dependencies, row, attempt.lastSeq);
  return 'hand-over';
}
