import { checkEncoding, createDatabase, type Database } from '@taskwire/db';
import { createEventLog } from '@taskwire/event-log';
import { Closing, isSettledWithin, type Stoppable } from '@taskwire/process-kit';
import {
  createTaskQueue,
  createTaskWorker,
  type TaskJob,
  type TaskWorker,
  type TaskWorkerSettings,
  type WorkerTimings,
} from '@taskwire/queue';
import type { Logger } from 'pino';
import manifest from '../package.json' with { type: 'json' };
import { logServerRefusals } from './starting/log-server-refusals.ts';
import type { Environment } from './env.ts';
import { removeLeftPageFolders } from './documents/recognition/page-folders.ts';
import type { Handlers } from './context/handler.ts';
import { taskHandlers } from './task-handlers.ts';
import { Reconciler } from './reconciling/reconciler.ts';
import { DEFAULT_RECONCILING } from './reconciling/reconciler-dependencies.ts';
import { taskScope } from './running/handler/work.ts';
import { createWorkshop } from './running/handler/workshop.ts';
import { TaskRows } from './running/stored/task-rows.ts';
import { TaskRunner } from './running/task-runner.ts';
import { Reindexer } from './reindexing/reindexer.ts';
import { Sweeper } from './sweeping/sweeper.ts';

/** Longest time (ms) for stopped attempts to write that they have stopped. */
const HAND_OVER_MS = 5_000;
/** Longest time (ms) for a worker to tell the fleet that it leaves. */
const LEAVE_MS = 2_000;
/** Longest absence (ms) of PostgreSQL that costs a task no try. */
const PATIENCE_MS = 60_000;
/** Longest time (ms) for closing the connections to Redis, and then as long for those to PostgreSQL. */
const CLOSE_MS = 2_500;
/** Longest time (ms) that handing over the other tasks takes after a crash. */
export const CRASH_MS = 10_000;
/** Connections to PostgreSQL besides those that running tasks hold. */
const SPARE_CONNECTIONS = 4;

/**
 * A worker that takes tasks. Running → stopping → stopped. `stop` takes no new task, and lets the running ones finish
 * within the grace period. It hands the others over to another worker, and closes all connections.
 */
export interface RunningWorker extends Stoppable {
  /** Returns the number of tasks that it runs at this moment. */
  running(): number;
  /**
   * Ends the work before the process ends, after an error that nothing caught. If the error belongs to a task, that task's
   * attempt fails with it, and the others are handed over. Call it in the async context of the error: that names the task.
   * @returns the task of the error, if it is known.
   */
  crash(error: unknown): Promise<{ taskId?: string }>;
}

/** What a worker is made of. */
export interface WorkerSettings {
  environment: Environment;
  logger: Logger;
  workerId: string;
  /** Those of this build, if absent. */
  handlers?: Handlers;
  /** Of the queue; its own if absent. */
  timings?: Partial<WorkerTimings>;
}

/** Longest time (ms) that an orderly stop takes: a worker that needs longer hangs. */
export function longestStopMs({ graceMs }: Pick<Environment, 'graceMs'>): number {
  return graceMs + HAND_OVER_MS + LEAVE_MS + 2 * CLOSE_MS;
}

/**
 * Starts a worker; it takes tasks once this resolves.
 * @throws if PostgreSQL cannot be reached; DatabaseEncodingError if its database is not in UTF-8. Redis is waited for.
 */
export async function startWorker(settings: WorkerSettings): Promise<RunningWorker> {
  const { environment, logger, workerId } = settings;
  const { redisUrl, uploadDirectory, hasDemoTasks, concurrency, cancelGraceMs, reading } = environment;
  const onError = (error: Error) => logger.error({ err: error }, 'connection or job failed');
  const database = await connectDatabase(environment, onError);
  const rows = new TaskRows(database);
  const loadSnapshot = (taskId: string) => rows.loadSnapshot(taskId);
  const eventLog = createEventLog({ redisUrl, loadSnapshot, patient: true, onConnectionError: onError });
  const queue = createTaskQueue({ redisUrl, onConnectionError: onError });
  const workshop = createWorkshop(settings.handlers ?? taskHandlers, {
    database,
    uploadDirectory,
    hasDemoTasks,
    reading,
  });
  const shared = { database, rows, eventLog, logger, retention: environment.retention };
  const runner = new TaskRunner({ ...shared, fleet: queue, workshop, workerId, cancelGraceMs });
  const reconciling = { ...DEFAULT_RECONCILING, everyMs: environment.reconcileEveryMs };
  const sweeper = new Sweeper({ ...shared, uploadDirectory, sweeping: environment.sweeping });
  const reconciler = new Reconciler({ ...shared, queue, reconciling, sweeper });
  const reindexer = new Reindexer({ database, uploadDirectory, logger });
  const identity = { workerId, version: manifest.version, kinds: workshop.kinds };
  const taskWorker = createTaskWorker({
    ...{ redisUrl, concurrency, identity, onError },
    run: (job: TaskJob) => runner.run(job),
    isOnlyToBeEnded: (taskId: string) => runner.isOnlyToBeEnded(taskId),
    ...timingsOf(settings),
  });
  const checked = logServerRefusals({ database, redisUrl }, logger);
  const swept = removeLeftPageFolders().catch((err: unknown) => logger.warn({ err }, 'left folders were not removed'));
  await taskWorker.ready();
  reconciler.start();
  reindexer.start();

  const closing = new Closing(logger);
  const stop = async () => {
    const { graceMs } = environment;
    await Promise.all([
      closing.close('tasks', graceMs + HAND_OVER_MS, drain({ taskWorker, runner, logger }, graceMs)),
      closing.close('reconciler', HAND_OVER_MS, reconciler.stop()),
      closing.close('reindexer', HAND_OVER_MS, reindexer.stop()),
    ]);
    // Another worker takes over the remaining tasks as soon as their locks end. That is no death of a worker.
    await closing.close('place in the fleet', LEAVE_MS, taskWorker.leave());
    await Promise.all([
      closing.close('event log', CLOSE_MS, eventLog.close()),
      closing.close('queue', CLOSE_MS, queue.close()),
      closing.close('checks of the start', CLOSE_MS, Promise.all([checked, swept])),
    ]);
    await closing.close('database', CLOSE_MS, database.$disconnect());
  };
  const crash = async (error: unknown) => {
    const taskId = taskScope.getStore();
    if (taskId === undefined || !runner.crash(taskId, error)) return {};
    await isSettledWithin(HAND_OVER_MS, drain({ taskWorker, runner, logger }, 0));
    return { taskId };
  };
  return {
    running: () => taskWorker.running(),
    stop,
    crash,
    get unclosed() {
      return closing.pending;
    },
  };
}

function timingsOf({ timings }: WorkerSettings): Pick<TaskWorkerSettings, 'timings'> {
  return timings === undefined ? {} : { timings };
}

async function connectDatabase(
  { databaseUrl, concurrency }: Environment,
  onConnectionLost: (error: Error) => void,
): Promise<Database> {
  const options = { connectionString: databaseUrl, applicationName: 'taskwire-worker', onConnectionLost };
  const atOnce = createDatabase({ ...options, poolSize: 1 });
  await checkEncoding(atOnce).finally(() => atOnce.$disconnect());
  return createDatabase({ ...options, poolSize: 2 * concurrency + SPARE_CONNECTIONS, patienceMs: PATIENCE_MS });
}

/** Lets running tasks end within the grace period, and hands the others over. Resolves once no task runs here. */
async function drain(
  { taskWorker, runner, logger }: { taskWorker: TaskWorker; runner: TaskRunner; logger: Logger },
  graceMs: number,
): Promise<void> {
  const drained = taskWorker.close();
  if (await isSettledWithin(graceMs, drained)) return;
  logger.warn({ running: taskWorker.running() }, 'tasks that are not done are handed over');
  runner.handOver();
  await drained;
}
