import { randomUUID } from 'node:crypto';
import { DatabaseEncodingError } from '@taskwire/db';
import { createLogger, endOnCrash, environmentOrExit, failProcess, stopOnSignal } from '@taskwire/process-kit';
import { UploadStorageError } from '@taskwire/uploads';
import {
  CRASH_MS,
  limitHeapGrowth,
  longestStopMs,
  readEnvironment,
  startWorker,
  type RunningWorker,
} from '@taskwire/worker';

function startFailure(error: unknown): string {
  if (error instanceof DatabaseEncodingError) return `could not start: ${error.message}`;
  if (error instanceof UploadStorageError) return `could not start: ${error.message}`;
  return 'could not start: check that PostgreSQL can be reached and is migrated';
}

limitHeapGrowth();
const environment = environmentOrExit(readEnvironment);
const logger = createLogger({ service: 'worker', level: environment.logLevel });
const running: { worker?: RunningWorker } = {};
endOnCrash({
  ...{ logger, service: 'worker', longestMs: CRASH_MS },
  handOver: async (error) => running.worker?.crash(error) ?? {},
});
const workerId = `worker-${randomUUID().slice(0, 8)}`;
const worker = await startWorker({ environment, logger, workerId }).catch((error: unknown) =>
  failProcess(logger, error, startFailure(error)),
);
running.worker = worker;
stopOnSignal(worker, {
  ...{ service: 'worker', logger, deadlineMs: longestStopMs(environment) },
  details: () => ({ running: worker.running() }),
});
logger.info({ workerId, concurrency: environment.concurrency }, 'ready');
