import type { Logger } from 'pino';
import { startLastDeadline } from './last-deadline.ts';

/** Longest time (ms) between two copies of one signal. A Ctrl-C may come from the terminal and from a parent process. */
const SAME_SIGNAL_MS = 500;
/** Longest time (ms) after its deadline for a process to end by itself. */
const LAST_GRACE_MS = 1_000;

/** A process that can be stopped. */
export interface Stoppable {
  /** Closes everything. */
  stop(): Promise<void>;
  /** Names of the resources that are not closed, from the call of `stop` on. */
  readonly unclosed: readonly string[];
}

/** The stop of a process. */
export interface StopOptions {
  /** Name of the process in its last words. */
  service: 'api' | 'worker';
  /** Longest time (ms) of an orderly stop. */
  deadlineMs: number;
  logger: Logger;
  /** Returns fields for the line `stopping`. */
  details?: () => Readonly<Record<string, unknown>>;
}

/**
 * Ends the process on SIGTERM or SIGINT. Running → stopping → ended.
 * - status 0: everything is closed.
 * - status 1: `stop` failed, a resource is not closed (an error line names it), or `deadlineMs` are over.
 * - status 1 at once: another signal comes, and it is no copy of the first.
 * - SIGKILL: the process cannot end by itself a second after its deadline.
 */
export function stopOnSignal(running: Stoppable, { service, deadlineMs, logger, details }: StopOptions): void {
  let stoppingSince: number | undefined;
  // If standard output blocks, the log is never flushed, and the last deadline ends the process.
  const exit = (status: 0 | 1) => logger.flush(() => process.exit(status));
  const fail = (message: string, fields: Readonly<Record<string, unknown>>) => {
    logger.error({ ...fields, unclosed: running.unclosed }, message);
    exit(1);
  };
  const finish = () => {
    if (running.unclosed.length > 0) return fail('not everything was closed', {});
    logger.info('stopped');
    exit(0);
  };
  const onSignal = (signal: NodeJS.Signals) => {
    if (stoppingSince !== undefined) {
      if (Date.now() - stoppingSince > SAME_SIGNAL_MS) process.exit(1);
      return;
    }
    stoppingSince = Date.now();
    // Before anything is logged: the log may be what blocks.
    const lastMs = deadlineMs + LAST_GRACE_MS;
    startLastDeadline(lastMs, `taskwire ${service}: killed, ${lastMs} ms after ${signal}`);
    logger.info({ signal, ...details?.() }, 'stopping');
    setTimeout(() => fail(`could not stop within ${deadlineMs} ms`, {}), deadlineMs);
    running.stop().then(finish, (err: unknown) => fail('could not stop in order', { err }));
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
