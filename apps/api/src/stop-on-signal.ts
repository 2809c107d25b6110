import { startLastDeadline } from '@taskwire/process-kit';
import type { Logger } from 'pino';

/** One Ctrl-C may arrive twice: from the terminal, and handed on by the process above. */
const SAME_SIGNAL_MS = 500;
/** Longest time (ms), after its deadline, for a process to end by itself. */
const LAST_GRACE_MS = 2_000;

/** A process that can be stopped. */
export interface Stoppable {
  stop(): Promise<void>;
  /** While it stops, and once it has: the parts that are not closed. */
  readonly unclosed: readonly string[];
}

/**
 * Ends the process on SIGTERM or SIGINT. Its status is 0 once everything is closed. It is 1 if a part was not closed, with
 * an error line that names it; after `deadlineMs`; or at once if a second signal comes. Should the process not be able to
 * end even so, SIGKILL ends it.
 */
export function stopOnSignal(server: Stoppable, { deadlineMs, logger }: { deadlineMs: number; logger: Logger }): void {
  let since: number | undefined;
  const end = (message: string) => {
    const { unclosed } = server;
    if (unclosed.length > 0) logger.error({ unclosed }, message);
    else logger.info('stopped');
    process.exit(unclosed.length > 0 ? 1 : 0);
  };
  const onSignal = (signal: NodeJS.Signals) => {
    if (since !== undefined) {
      if (Date.now() - since > SAME_SIGNAL_MS) process.exit(1);
      return;
    }
    since = Date.now();
    // Before anything is logged: the log may be what blocks.
    const lastMs = deadlineMs + LAST_GRACE_MS;
    startLastDeadline(lastMs, `taskwire api: killed, ${lastMs} ms after ${signal}`);
    logger.info({ signal }, 'stopping');
    setTimeout(() => end('not stopped in time'), deadlineMs);
    server.stop().then(
      () => end('not all parts were closed'),
      (err: unknown) => {
        logger.error({ err }, 'not stopped in an orderly way');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
