import { startLastDeadline } from '@taskwire/process-kit';
import type { Logger } from 'pino';
import { describeThrown } from './describe-thrown.ts';
import type { RunningWorker } from './worker.ts';

/** Extra time (ms) before a process that should have ended by itself is killed. */
const BLOCKED_MS = 1_000;
/** Longest time (ms) that handing over the other tasks takes after a crash. */
const CRASH_MS = 10_000;

/** Ends the process at once. */
export function fail(logger: Logger, error: unknown, message: string): never {
  logger.fatal(error === undefined ? {} : { err: describeThrown(error) }, message);
  process.exit(1);
}

/**
 * Stops the worker on SIGTERM or SIGINT, and ends the process: with 0 in order; with 1 if that fails, takes longer than
 * `longestMs`, or a second signal comes.
 */
export function stopOnSignal(worker: RunningWorker, logger: Logger, longestMs: number): void {
  let isStopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (isStopping) return fail(logger, undefined, 'stopped at once by a second signal');
    isStopping = true;
    logger.info({ signal, running: worker.running() }, 'stopping');
    setTimeout(
      () => fail(logger, undefined, `could not stop within ${longestMs} ms: ends all the same`),
      longestMs,
    ).unref();
    startLastDeadline(longestMs + BLOCKED_MS, 'taskwire worker: could not end by itself: killed');
    worker.stop().then(
      () => {
        logger.info('stopped');
        process.exit(0);
      },
      (error: unknown) => fail(logger, error, 'could not stop in order'),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/**
 * Ends the process with 1 when something was thrown that nothing caught. If it belongs to a task, that task's attempt fails
 * with it, and the other tasks are handed over first; if not, the process ends at once.
 */
export function endOnCrash(logger: Logger, runningWorker: () => RunningWorker | undefined): void {
  let isEnding = false;
  const crash = (error: unknown) => {
    if (isEnding) return;
    isEnding = true;
    startLastDeadline(CRASH_MS, 'taskwire worker: could not hand over its tasks after an unexpected error: killed');
    const ended = runningWorker()?.crash(error) ?? Promise.resolve(undefined);
    ended.then(
      (taskId) => fail(logger.child(taskId === undefined ? {} : { taskId }), error, 'unexpected error'),
      () => fail(logger, error, 'unexpected error'),
    );
  };
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
}
