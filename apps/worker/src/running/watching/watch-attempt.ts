import type { LogStatus } from '@taskwire/event-log';
import { repeat } from '../../repeat.ts';
import type { StopReason } from '../attempt/attempt-stopped.ts';
import type { CurrentTry, RunnerDependencies } from '../runner-dependencies.ts';

/** How often (ms) an attempt is compared with its log. */
const CHECK_EVERY_MS = 3_000;

/**
 * Compares an attempt with its log, and stops it when the log says so: a cancel was asked for, another worker has the task,
 * or Redis has lost the log. It does so at the beginning, when the cancel channel names the task, and every few seconds:
 * pub/sub may lose a message, and an older api publishes none. The answers to the attempt's own appends say the same.
 * @returns a function that ends it, and resolves once it has ended.
 */
export function watchAttempt(dependencies: RunnerDependencies, current: CurrentTry): () => Promise<void> {
  const { eventLog, checkEveryMs = CHECK_EVERY_MS } = dependencies;
  const checking = repeat(checkEveryMs, () => check(dependencies, current));
  const stopListening = eventLog.onCancelRequested(current.row, () => checking.again());
  // A cancel that came between the claim and this was not listened for.
  checking.again();
  return async () => {
    stopListening();
    await checking.stop();
  };
}

async function check({ eventLog }: RunnerDependencies, { row, attempt, logger }: CurrentTry): Promise<void> {
  try {
    // Known before the question is asked: what is appended meanwhile may be acknowledged before the answer is read.
    const known = { number: attempt.number, lastSeq: attempt.lastSeq };
    const reason = stopReasonOf(await eventLog.inspect(row), known);
    if (reason !== undefined) attempt.stop(reason);
  } catch (error) {
    logger.warn({ err: error }, 'the log of the task cannot be inspected: the next check will do');
  }
}

function stopReasonOf(
  status: LogStatus | undefined,
  attempt: { number: number; lastSeq: number },
): StopReason | undefined {
  // A log that has not reached what was acknowledged, or has begun anew behind it, is not the one that was claimed.
  if (status === undefined || status.seq < attempt.lastSeq || status.epoch > attempt.lastSeq) return 'lost';
  if (status.ended) return 'ended';
  if (status.attempt !== attempt.number) return 'superseded';
  return status.canceling ? 'canceled' : undefined;
}
