import type { LogStatus } from '@taskwire/event-log';
import type { StopReason } from './attempt-stopped.ts';
import type { CurrentTry, RunnerDependencies } from './runner-dependencies.ts';

/** How often (ms) an attempt is compared with its log. */
const CHECK_EVERY_MS = 3_000;

/**
 * Compares an attempt with its log every few seconds, so that one that appends nothing is stopped too when its cancel's
 * message was lost, when another worker has the task, or when Redis has lost the log.
 * @returns a function that ends it, and resolves once it has ended.
 */
export function watchAttempt(dependencies: RunnerDependencies, current: CurrentTry): () => Promise<void> {
  let checking: Promise<void> | undefined;
  const timer = setInterval(() => {
    checking ??= check(dependencies, current).finally(() => (checking = undefined));
  }, CHECK_EVERY_MS);
  return async () => {
    clearInterval(timer);
    await checking;
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
