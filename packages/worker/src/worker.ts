import { Closing, isSettledWithin, logChangedErrors, type Stoppable } from '@taskwire/process-kit';
import { createTaskWorker, type TaskJob, type TaskWorker, type WorkerTimings } from '@taskwire/queue';
import { createTaskCatalog, type TaskCatalog } from '@taskwire/tasks';
import { createUploadStorage, UploadStorageError, type UploadStorage } from '@taskwire/uploads';
import type { Logger } from 'pino';
import manifest from '../package.json' with { type: 'json' };
import { CLOSE_MS, openConnections, type Connections } from './connections.ts';
import { CLOSE_EXTENSION_MS, closeExtensions, startExtensions } from './starting/extensions.ts';
import { logServerRefusals } from './starting/log-server-refusals.ts';
import type { Environment } from './env.ts';
import type { TaskHandler } from './context/handler.ts';
import type { WorkerExtension } from './extension.ts';
import { Uploads } from './uploads/uploads.ts';
import { Reconciler } from './reconciling/reconciler.ts';
import { DEFAULT_RECONCILING } from './reconciling/reconciler-dependencies.ts';
import { cutOff } from './running/handler/cut-off.ts';
import { taskScope } from './running/handler/run-with-grace.ts';
import { createHandlerKit } from './running/handler/handler-kit.ts';
import { TaskRunner } from './running/task-runner.ts';
import { Sweeper } from './sweeping/sweeper.ts';

/** Longest time (ms) for stopped attempts to write that they have stopped. */
const HAND_OVER_MS = 5_000;
/** Longest time (ms) for a worker to leave the fleet. */
const LEAVE_MS = 2_000;
/** Longest time (ms) for closing the storage of uploads. */
const CLOSE_UPLOADS_MS = 1_000;
/** Longest time (ms) for handing over the other tasks after a crash. */
export const CRASH_MS = 10_000;

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

/** Settings of a worker. */
export interface WorkerSettings {
  environment: Environment;
  logger: Logger;
  workerId: string;
  handlers: readonly TaskHandler[];
  /** Work beside tasks, and services of handlers. */
  extensions?: readonly WorkerExtension[];
  /** Timings of the queue; its own if absent. */
  timings?: Partial<WorkerTimings>;
  /** Ends a start that waits for an extension or for Redis. */
  signal?: AbortSignal;
}

/** Longest time (ms) of an orderly stop. */
export function longestStopMs({ graceMs }: Pick<Environment, 'graceMs'>): number {
  return graceMs + HAND_OVER_MS + CLOSE_EXTENSION_MS + LEAVE_MS + CLOSE_UPLOADS_MS + CLOSE_MS;
}

/**
 * Starts a worker. It takes tasks once this resolves. Redis may be away: the start waits for it.
 * @throws if PostgreSQL cannot be reached; DatabaseEncodingError if its database is not in UTF-8; UploadStorageError if the
 * storage of uploads refuses; the error of an extension; the reason of `signal`.
 */
export async function startWorker(settings: WorkerSettings): Promise<RunningWorker> {
  const { environment, logger, handlers, extensions = [], signal = new AbortController().signal } = settings;
  const catalog = createTaskCatalog(handlers.map(({ task }) => task));
  const storage = await openStorage(settings);
  const connections = await openConnections(settings, (kind) => catalog.find(kind)?.retry).catch(
    async (error: unknown) => {
      await storage.close();
      throw error;
    },
  );
  const closing = new Closing(logger);
  const close = async (leave?: () => Promise<void>) => {
    await closeExtensions(extensions, closing);
    // Another worker takes over the remaining tasks as soon as their locks end. That is no death of a worker.
    if (leave !== undefined) await closing.close('place in the fleet', LEAVE_MS, leave());
    await closing.close('uploads', CLOSE_UPLOADS_MS, storage.close());
    await connections.close(closing);
  };
  const { databaseUrl, redisUrl, concurrency, graceMs } = environment;
  const starting = startExtensions(extensions, { databaseUrl, storage, concurrency, logger }, signal);
  await cutOff(starting, signal, () => 0).catch(async (error: unknown) => {
    await close();
    throw error;
  });

  const shared = { ...connections, storage, catalog };
  // Takes tasks soon, so the extensions have been started.
  const { runner, taskWorker } = createTaskRunning(settings, shared, handlers);
  const reconciler = createReconciler(settings, shared);
  const checked = logServerRefusals({ database: connections.database, redisUrl }, logger);
  const drain = (leftMs: number) => drainTasks({ taskWorker, runner, logger }, leftMs);
  const stop = async (leftMs: number) => {
    await Promise.all([
      closing.close('tasks', leftMs + HAND_OVER_MS, drain(leftMs)),
      closing.close('reconciler', HAND_OVER_MS, reconciler.stop()),
      closing.close('checks of the start', HAND_OVER_MS, checked),
    ]);
    await close(() => taskWorker.leave());
  };
  await cutOff(taskWorker.ready(), signal, () => 0).catch(async (error: unknown) => {
    await stop(0);
    throw error;
  });
  let stopping: Promise<void> | undefined;
  reconciler.start();
  return {
    running: () => taskWorker.running(),
    get unclosed() {
      return closing.pending;
    },
    stop: () => (stopping ??= stop(graceMs)),
    async crash(error) {
      const taskId = taskScope.getStore();
      if (taskId === undefined || !runner.crash(taskId, error)) return {};
      await isSettledWithin(HAND_OVER_MS, drain(0));
      return { taskId };
    },
  };
}

/** If the storage of uploads is away, the start goes on. @throws UploadStorageError if it refuses. */
async function openStorage({ environment, logger }: WorkerSettings): Promise<UploadStorage> {
  const storage = await createUploadStorage(environment.uploads);
  await storage.prepare().catch(async (err: unknown) => {
    if (!(err instanceof UploadStorageError) || err.reason !== 'unavailable') {
      await storage.close();
      throw err;
    }
    logger.warn({ err }, 'tasks with uploads wait until the storage of uploads is back');
  });
  return storage;
}

/** Dependencies of running tasks and of the work between them. */
interface SharedDependencies extends Connections {
  storage: UploadStorage;
  catalog: TaskCatalog;
}

/** Creates the parts that run tasks: the runner, and the consumer of the queue that calls it. */
function createTaskRunning(
  { environment, logger, workerId, timings }: WorkerSettings,
  { database, rows, eventLog, queue, storage, catalog }: SharedDependencies,
  handlers: readonly TaskHandler[],
) {
  const { redisUrl, hasDemoTasks, concurrency, cancelGraceMs, retention } = environment;
  const uploads = new Uploads({ database, storage });
  const handlerKit = createHandlerKit(handlers, { uploads, hasDemoTasks });
  const shared = { database, rows, eventLog, logger, retention };
  const runner = new TaskRunner({ ...shared, fleet: queue, handlerKit, catalog, workerId, cancelGraceMs });
  const identity = { workerId, version: manifest.version, kinds: handlerKit.kinds };
  const taskWorker = createTaskWorker({
    ...{ redisUrl, concurrency, identity },
    onError: logChangedErrors(logger, 'queue: connection or job failed'),
    run: (job: TaskJob) => runner.run(job),
    retryPolicyOf: (kind: string) => catalog.find(kind)?.retry,
    isOnlyToBeEnded: (taskId: string) => runner.isOnlyToBeEnded(taskId),
    ...(timings === undefined ? {} : { timings }),
  });
  return { runner, taskWorker };
}

/** Creates the part that works between tasks: repairs and deletions. */
function createReconciler(
  { environment, logger }: WorkerSettings,
  { database, rows, eventLog, queue, storage, catalog }: SharedDependencies,
): Reconciler {
  const { retention, sweeping, reconcileEveryMs } = environment;
  const shared = { database, rows, eventLog, logger, retention };
  const sweeper = new Sweeper({ ...shared, storage, sweeping });
  const reconciling = { ...DEFAULT_RECONCILING, everyMs: reconcileEveryMs };
  return new Reconciler({ ...shared, queue, catalog, reconciling, sweeper });
}

/** Lets running tasks end within the grace period, then hands the others over. Resolves once no task runs here. */
async function drainTasks(
  { taskWorker, runner, logger }: { taskWorker: TaskWorker; runner: TaskRunner; logger: Logger },
  graceMs: number,
): Promise<void> {
  const drained = taskWorker.close();
  if (await isSettledWithin(graceMs, drained)) return;
  logger.warn({ running: taskWorker.running() }, 'tasks that are not done are handed over');
  runner.handOver();
  await drained;
}
