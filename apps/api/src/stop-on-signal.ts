import type { Logger } from 'pino';

/** One Ctrl-C may arrive twice: from the terminal, and handed on by the process above. */
const SAME_SIGNAL_MS = 500;

/**
 * Ends the process on SIGTERM or SIGINT: status 0 once `stop` is done, 1 if it fails, or at once if a second signal
 * comes.
 */
export function stopOnSignal(stop: () => Promise<void>, logger: Logger): void {
  let since: number | undefined;
  const onSignal = (signal: NodeJS.Signals) => {
    if (since !== undefined) {
      if (Date.now() - since > SAME_SIGNAL_MS) process.exit(1);
      return;
    }
    since = Date.now();
    logger.info({ signal }, 'stopping');
    stop().then(
      () => {
        logger.info('stopped');
        process.exit(0);
      },
      (err: unknown) => {
        logger.error({ err }, 'not stopped in an orderly way');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
