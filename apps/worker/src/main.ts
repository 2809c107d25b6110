import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { EnvironmentError, readEnvironment, type Environment } from './env.ts';
import { createLogger } from './logger.ts';
import { startWorker, type RunningWorker } from './worker.ts';

function environmentOrExit(): Environment {
  try {
    return readEnvironment();
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    process.stderr.write(`taskwire worker: ${error.message}\n`);
    process.exit(2);
  }
}

function fail(logger: Logger, error: unknown, message: string): never {
  logger.fatal({ err: error }, message);
  process.exit(1);
}

function stopOnSignal(worker: RunningWorker, logger: Logger): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) return fail(logger, undefined, 'stopped at once by a second signal');
    stopping = true;
    logger.info({ signal, running: worker.running() }, 'stopping');
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

const environment = environmentOrExit();
const logger = createLogger(environment);
process.on('uncaughtException', (error) => fail(logger, error, 'unexpected error'));
process.on('unhandledRejection', (error) => fail(logger, error, 'unexpected error'));
const workerId = `worker-${randomUUID().slice(0, 8)}`;
const worker = await startWorker({ environment, logger, workerId }).catch((error: unknown) =>
  fail(logger, error, 'could not start: check that PostgreSQL can be reached and is migrated'),
);
stopOnSignal(worker, logger);
logger.info({ workerId, concurrency: environment.concurrency }, 'ready');
