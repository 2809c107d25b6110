import type { TaskEventDraft } from '@taskwire/protocol';
import type { Attempt } from './attempt.ts';
import { AttemptStopped, type StopReason } from './attempt-stopped.ts';
import { WORKER_STOPPED, type Failure } from './failure.ts';
import { recordEnd } from './record-end.ts';
import type { WorkOutcome } from './run-task.ts';
import type { CurrentTry, RunnerParts } from './runner-parts.ts';

/** What an attempt's end is written as: `retrying`, or one of the terminal events. */
type LastDraft = Extract<TaskEventDraft, { type: 'done' | 'error' | 'canceled' | 'retrying' }>;

/**
 * Writes what became of an attempt: its last event, then the row.
 * @returns what the queue is to do with the job.
 */
export async function endAttempt(
  parts: RunnerParts,
  current: CurrentTry,
  outcome: WorkOutcome,
): Promise<'finished' | 'retry'> {
  const { attempt, row, logger } = current;
  const next = nextStep(current, outcome);
  if ('refused' in next) return afterRefusal(parts, current, next.refused);
  const { draft } = next;
  const refused = await attempt.conclude(draft);
  if (refused !== undefined) return afterRefusal(parts, current, refused);
  logger.info({ outcome: draft.type, durationMs: attempt.durationMs }, 'attempt ended');
  if (draft.type !== 'retrying') {
    await recordEnd(parts, row);
    return 'finished';
  }
  // The answer to the append may have told of a cancel: then there is nothing to wait for.
  if (attempt.stopReason === 'canceled') return endAttempt(parts, current, outcome);
  await parts.rows.markRetrying(row.taskId, attempt.number);
  return 'retry';
}

/** What to write, or why the log would not take it. */
function nextStep(current: CurrentTry, outcome: WorkOutcome): { draft: LastDraft } | { refused: StopReason } {
  const { attempt } = current;
  const reason = attempt.stopReason;
  switch (reason) {
    case 'canceled':
      return { draft: { type: 'canceled' } };
    case 'superseded':
    case 'ended':
    case 'lost':
      return { refused: reason };
    case 'shutdown':
      return { draft: 'output' in outcome ? doneDraft(attempt, outcome.output) : failedDraft(current, WORKER_STOPPED) };
    case undefined:
      return { draft: 'output' in outcome ? doneDraft(attempt, outcome.output) : failedDraft(current, outcome) };
    default:
      return reason satisfies never;
  }
}

function doneDraft(attempt: Attempt, output: unknown): LastDraft {
  return { type: 'done', output, durationMs: attempt.durationMs };
}

function failedDraft({ job, logger }: CurrentTry, { failure, permanent, cause }: Failure): LastDraft {
  const again = !permanent && job.triesLeft > 0;
  logger.warn({ code: failure.code, again, err: cause }, 'attempt failed');
  return again ? { type: 'retrying', delayMs: job.retryDelayMs, error: failure } : { type: 'error', ...failure };
}

/** The log takes nothing more from this attempt: either all is done, or somebody else does it. */
async function afterRefusal(parts: RunnerParts, current: CurrentTry, reason: StopReason): Promise<'finished'> {
  current.logger.warn({ reason }, 'the attempt may write no more');
  if (reason === 'lost') throw new AttemptStopped(reason);
  if (reason === 'ended') await recordEnd(parts, current.row);
  return 'finished';
}
