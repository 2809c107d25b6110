import { randomUUID } from 'node:crypto';
import { DatabaseEncodingError } from '@taskwire/db';
import { endOnCrash, fail, stopOnSignal } from './end-process.ts';
import { EnvironmentError, readEnvironment, type Environment } from './env.ts';
import { limitHeapGrowth } from './heap-growth.ts';
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

function startFailure(error: unknown): string {
  if (error instanceof DatabaseEncodingError) return `could not start: ${error.message}`;
  return 'could not start: check that PostgreSQL can be reached and is migrated';
}

limitHeapGrowth();
const environment = environmentOrExit();
const logger = createLogger(environment);
const running: { worker?: RunningWorker } = {};
endOnCrash(logger, () => running.worker);
const workerId = `worker-${randomUUID().slice(0, 8)}`;
running.worker = await startWorker({ environment, logger, workerId }).catch((error: unknown) =>
  fail(logger, error, startFailure(error)),
);
stopOnSignal(running.worker, logger, longestStopMs(environment));
logger.info({ workerId, concurrency: environment.concurrency }, 'ready');
