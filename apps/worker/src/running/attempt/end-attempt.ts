import { describeThrown } from '@taskwire/process-kit';
import type { TaskEventDraft } from '@taskwire/protocol';
import type { JobOutcome } from '@taskwire/queue';
import { settleTask } from '../../retention/settle-task.ts';
import type { Attempt } from './attempt.ts';
import { AttemptStopped, type StopReason } from './attempt-stopped.ts';
import { WORKER_STOPPED, failureOf, timedOut, type Failure } from './failure.ts';
import { restoreLog } from '../stored/restore-log.ts';
import type { WorkOutcome } from '../handler/run-task.ts';
import type { CurrentTry, RunnerDependencies } from '../runner-dependencies.ts';

/** What an attempt's end is written as: `retrying`, or one of the terminal events. */
type LastDraft = Extract<TaskEventDraft, { type: 'done' | 'error' | 'canceled' | 'retrying' }>;

/** What to write, and what the queue is to do then; or why the log would not take it. */
type Step = { draft: LastDraft; then: JobOutcome } | { refused: 'superseded' | 'ended' | 'lost' };

/**
 * Writes what became of an attempt: its last event, then the row.
 * @returns what the queue is to do with the job.
 */
export async function endAttempt(
  dependencies: RunnerDependencies,
  current: CurrentTry,
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
  // The answer to the append may have told of a cancel: then there is nothing to wait for.
  if (attempt.stopReason === 'canceled') return endAttempt(dependencies, current, outcome);
  // The log has said it: a row that lags behind changes nothing of what comes next.
  await dependencies.rows.markRetrying(row.taskId, attempt.number).catch((error: unknown) => {
    logger.warn({ err: error }, 'the row does not say yet that the task is tried again');
  });
  return step.then;
}

function nextStep(current: CurrentTry, outcome: WorkOutcome): Step {
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

/** Another worker goes on at once, whatever tries are left: a stopped worker is no failure of the task. */
function handedOver(): Step {
  return { draft: { type: 'retrying', delayMs: 0, error: WORKER_STOPPED }, then: 'hand-over' };
}

function failed({ job, logger }: CurrentTry, { failure, permanent, cause }: Failure): Step {
  const again = !permanent && job.triesLeft > 0;
  const err = cause === undefined ? {} : { err: describeThrown(cause) };
  logger.warn({ code: failure.code, again, ...err }, 'attempt failed');
  if (!again) return { draft: { type: 'error', ...failure }, then: 'finished' };
  return { draft: { type: 'retrying', delayMs: job.retryDelayMs, error: failure }, then: 'retry' };
}

/** The log takes nothing more from this attempt: all is done, or another attempt does it. */
async function afterRefusal(
  dependencies: RunnerDependencies,
  { attempt, row, logger }: CurrentTry,
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
