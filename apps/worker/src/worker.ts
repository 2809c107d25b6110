import { createDatabase } from '@taskwire/db';
import { createEventLog } from '@taskwire/event-log';
import { createTaskWorker } from '@taskwire/queue';
import type { Logger } from 'pino';
import type { Environment } from './env.ts';
import { handlers, type Handlers } from './handlers/index.ts';
import { TaskRows } from './running/task-rows.ts';
import { TaskRunner } from './running/task-runner.ts';
import { settledWithin } from './settled-within.ts';

/** How long (ms) attempts that were told to stop may take to write that they did. */
const HAND_OVER_MS = 3_000;
/** Connections to PostgreSQL besides those that running tasks hold. */
const SPARE_CONNECTIONS = 3;

/** A worker that takes tasks. Running → stopping → stopped. */
export interface RunningWorker {
  /** How many tasks it runs at this moment. */
  running(): number;
  /**
   * Takes no new task, lets the running ones finish within the grace period, has the others tried again by another
   * worker, and closes all connections.
   */
  stop(): Promise<void>;
}

/** What a worker is made of. */
export interface WorkerSettings {
  environment: Environment;
  logger: Logger;
  workerId: string;
  /** Those of this build, if absent. */
  handlers?: Handlers;
}

/**
 * Starts a worker; it takes tasks once this resolves.
 * @throws if PostgreSQL cannot be reached. Redis is waited for.
 */
export async function startWorker(settings: WorkerSettings): Promise<RunningWorker> {
  const { environment, logger, workerId } = settings;
  const { databaseUrl, redisUrl, uploadDirectory, concurrency, graceMs } = environment;
  const onError = (error: Error) => logger.error({ err: error }, 'connection or job failed');
  const database = createDatabase({
    connectionString: databaseUrl,
    applicationName: 'taskwire-worker',
    poolSize: 2 * concurrency + SPARE_CONNECTIONS,
    onConnectionLost: onError,
  });
  await database.$queryRaw`SELECT 1`;
  const rows = new TaskRows(database);
  const loadSnapshot = (taskId: string) => rows.loadSnapshot(taskId);
  const eventLog = createEventLog({ redisUrl, loadSnapshot, patient: true, onConnectionError: onError });
  const workshop = { handlers: settings.handlers ?? handlers, services: { database, uploadDirectory } };
  const runner = new TaskRunner({ rows, eventLog, workshop, logger, workerId });
  const taskWorker = createTaskWorker({ redisUrl, concurrency, onError, run: (job) => runner.run(job) });
  await taskWorker.ready();

  const stop = async () => {
    const drained = taskWorker.close();
    if (!(await settledWithin(drained, graceMs))) {
      logger.warn({ running: taskWorker.running() }, 'tasks that are not done are handed over');
      runner.handOver();
      await settledWithin(drained, HAND_OVER_MS);
    }
    await eventLog.close();
    await database.$disconnect();
  };
  return { running: () => taskWorker.running(), stop };
}
