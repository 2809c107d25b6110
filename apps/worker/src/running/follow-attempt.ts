import { isTerminalMessage, type TaskMessage } from '@taskwire/protocol';
import type { CurrentTry, RunnerDependencies } from './runner-dependencies.ts';

/** How often (ms) the percent goes into the row, which lists of tasks show. */
const PERCENT_EVERY_MS = 2_000;

function announcesCancel(message: TaskMessage): boolean {
  return message.type === 'canceling' || (message.type === 'snapshot' && message.state.status === 'canceling');
}

/**
 * Follows the log of the task that an attempt runs, to stop the attempt when a cancel is asked for and to keep the row's
 * percent. A cancel that is missed here is told by the answer to the attempt's next append.
 * @returns a function that ends it, and resolves once it has ended.
 */
export function followAttempt(dependencies: RunnerDependencies, current: CurrentTry): () => Promise<void> {
  const leaving = new AbortController();
  const following = follow(dependencies, current, leaving.signal).catch((error: unknown) => {
    current.logger.warn({ err: error }, 'the log of the task cannot be followed: a cancel may be noticed late');
  });
  return () => {
    leaving.abort();
    return following;
  };
}

async function follow(
  { eventLog, rows }: RunnerDependencies,
  { row, attempt, logger }: CurrentTry,
  leaving: AbortSignal,
): Promise<void> {
  let writtenAt = performance.now();
  for await (const message of eventLog.follow(row, attempt.snapshot.seq, leaving)) {
    if (announcesCancel(message)) attempt.stop('canceled');
    if (isTerminalMessage(message)) return;
    if (message.type !== 'progress' || performance.now() - writtenAt < PERCENT_EVERY_MS) continue;
    writtenAt = performance.now();
    // The next one will do; a cancel must be noticed all the same.
    await rows.recordPercent(row.taskId, attempt.number, message.percent).catch((error: unknown) => {
      logger.warn({ err: error }, 'the percent could not be written');
    });
  }
}
