import type { LogStatus } from '@taskwire/event-log';
import { repeat } from '../../repeat.ts';
import type { StopReason } from '../attempt/attempt-stopped.ts';
import type { CurrentAttempt, RunnerDependencies } from '../runner-dependencies.ts';

/** Interval (ms) between two checks of an attempt's log. */
const CHECK_EVERY_MS = 3_000;

/**
 * Checks the log of an attempt, and stops the attempt if a cancel was asked for, another worker has the task, or Redis has
 * lost the log. The replies to the attempt's appends say the same, but a handler may append nothing for long.
 *
 * It checks at the start, when the cancel channel names the task, and every few seconds. The interval alone is reliable:
 * pub/sub may lose a message, and an older api publishes none.
 * @returns a function that ends the checks; its promise resolves once the last one has ended.
 */
export function watchAttempt(dependencies: RunnerDependencies, current: CurrentAttempt): () => Promise<void> {
  const { eventLog, checkEveryMs = CHECK_EVERY_MS } = dependencies;
  const checking = repeat(checkEveryMs, () => check(dependencies, current));
  const stopListening = eventLog.onCancelRequested(current.row, () => checking.again());
  // Finds a cancel that came between the claim and the subscription.
  checking.again();
  return async () => {
    stopListening();
    await checking.stop();
  };
}

async function check({ eventLog }: RunnerDependencies, { row, attempt, logger }: CurrentAttempt): Promise<void> {
  try {
    // Read before `inspect`: the log may acknowledge an append before the status arrives.
    const known = { number: attempt.number, lastSeq: attempt.lastSeq };
    const reason = stopReasonOf(await eventLog.inspect(row), known);
    if (reason !== undefined) attempt.stop(reason);
  } catch (error) {
    logger.warn({ err: error }, 'the log of the task cannot be inspected: the next check tries again');
  }
}

function stopReasonOf(
  status: LogStatus | undefined,
  attempt: { number: number; lastSeq: number },
): StopReason | undefined {
  // An epoch is a seq. So a log that ends before an acknowledged seq, or begins after it, is not the log of this claim.
  if (status === undefined || status.seq < attempt.lastSeq || status.epoch > attempt.lastSeq) return 'lost';
  if (status.ended) return 'ended';
  if (status.attempt !== attempt.number) return 'superseded';
  return status.canceling ? 'canceled' : undefined;
}
