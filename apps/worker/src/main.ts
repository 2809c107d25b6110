import { randomUUID } from 'node:crypto';
import { endOnCrash, fail, stopOnSignal } from './end-process.ts';
import { EnvironmentError, readEnvironment, type Environment } from './env.ts';
import { createLogger } from './logger.ts';
import { longestStopMs, startWorker, type RunningWorker } from './worker.ts';

function environmentOrExit(): Environment {
  try {
    return readEnvironment();
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    process.stderr.write(`taskwire worker: ${error.message}\n`);
    process.exit(2);
  }
}

const environment = environmentOrExit();
const logger = createLogger(environment);
const running: { worker?: RunningWorker } = {};
endOnCrash(logger, () => running.worker);
const workerId = `worker-${randomUUID().slice(0, 8)}`;
running.worker = await startWorker({ environment, logger, workerId }).catch((error: unknown) =>
  fail(logger, error, 'could not start: check that PostgreSQL can be reached and is migrated'),
);
stopOnSignal(running.worker, logger, longestStopMs(environment));
logger.info({ workerId, concurrency: environment.concurrency }, 'ready');
