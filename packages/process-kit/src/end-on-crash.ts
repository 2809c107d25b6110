import type { Logger } from 'pino';
import { describeThrown } from './describe-thrown.ts';
import { startLastDeadline } from './last-deadline.ts';

/** Logs why the process cannot go on, and ends it at once with status 1. */
export function failProcess(logger: Logger, error: unknown, message: string): never {
  logger.fatal({ err: describeThrown(error) }, message);
  process.exit(1);
}

/** The end of a process after an error that nothing caught. */
export interface CrashOptions {
  logger: Logger;
  /** Name of the process in its last words. */
  service: 'api' | 'worker';
  /** Longest time (ms) of `handOver`. Then SIGKILL ends the process. */
  longestMs: number;
  /**
   * Saves the other work of the process. Called in the async context in which the error was thrown.
   * @returns fields for the line in the log.
   */
  handOver: (error: unknown) => Promise<Readonly<Record<string, unknown>>>;
}

/** Ends the process with status 1 after an error that nothing caught: first `handOver`, then the line, then the end. */
export function endOnCrash({ logger, service, longestMs, handOver }: CrashOptions): void {
  let isEnding = false;
  const crash = (error: unknown) => {
    if (isEnding) return;
    isEnding = true;
    startLastDeadline(longestMs, `taskwire ${service}: could not hand over its work after an unexpected error: killed`);
    handOver(error).then(
      (fields) => failProcess(logger.child(fields), error, 'unexpected error'),
      () => failProcess(logger, error, 'unexpected error'),
    );
  };
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
}
