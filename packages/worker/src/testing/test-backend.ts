import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createDatabase, type Database, type Prisma, type Task } from '@taskwire/db';
import { createEventLog, type EventLog, type TaskAddress } from '@taskwire/event-log';
import { stagePlansOf, type TaskEvent } from '@taskwire/protocol';
import { createTaskQueue, type TaskQueue } from '@taskwire/queue';
import { createTaskCatalog, type AnyTaskDefinition, type TaskCatalog, type TaskInput } from '@taskwire/tasks';
import type { TestRedis } from '@taskwire/test-kit';
import { openTestServers } from '@taskwire/test-kit/vitest';
import { pino } from 'pino';
import { afterAll, beforeAll } from 'vitest';
import type { Handler, TaskHandler } from '../context/handler.ts';
import { handle } from '../handle.ts';
import { DEFAULT_RETENTION } from '../retention/retention-dependencies.ts';
import { TaskRows } from '../running/stored/task-rows.ts';
import { FolderStorage, type UploadStorage } from '@taskwire/uploads';
import { createHandlerKit } from '../running/handler/handler-kit.ts';
import { TaskRunner } from '../running/task-runner.ts';
import type { RunnerDependencies } from '../running/runner-dependencies.ts';
import { Uploads } from '../uploads/uploads.ts';
import { countTask, testHandlers } from './test-tasks.ts';

/** PostgreSQL, Redis, queue, event log and a folder of uploads, for one test file alone. */
export interface TestBackend {
  databaseUrl: string;
  redis: TestRedis;
  database: Database;
  rows: TaskRows;
  eventLog: EventLog;
  queue: TaskQueue;
  uploadDirectory: string;
  /** The storage of uploads in that folder. */
  storage: UploadStorage;
  /** The kinds of the tests. */
  catalog: TaskCatalog;
  close(): Promise<void>;
}

const catalog: TaskCatalog = createTaskCatalog(testHandlers.map(({ task }) => task));

/** A backend for the tests of a file, opened before them and closed after them. */
export function useTestBackend(): TestBackend {
  let backend: TestBackend | undefined;
  beforeAll(async () => {
    backend = await openTestBackend();
  });
  afterAll(() => backend?.close());
  const opened = () => {
    if (backend === undefined) throw new Error('the backend is opened before the first test');
    return backend;
  };
  return {
    get databaseUrl() {
      return opened().databaseUrl;
    },
    get redis() {
      return opened().redis;
    },
    get database() {
      return opened().database;
    },
    get rows() {
      return opened().rows;
    },
    get eventLog() {
      return opened().eventLog;
    },
    get queue() {
      return opened().queue;
    },
    get uploadDirectory() {
      return opened().uploadDirectory;
    },
    get storage() {
      return opened().storage;
    },
    catalog,
    close: () => opened().close(),
  };
}

/** Opens a backend. Close it in `afterAll`. */
export async function openTestBackend(): Promise<TestBackend> {
  const servers = await openTestServers();
  const { redis, uploadDirectory } = servers;
  const { databaseUrl } = servers.database;
  const { redisUrl } = redis;
  const database = createDatabase({ connectionString: databaseUrl });
  const rows = new TaskRows(database);
  const eventLog = createEventLog({ redisUrl, loadSnapshot: (taskId) => rows.loadSnapshot(taskId) });
  const queue = createTaskQueue({ redisUrl, retryPolicyOf: (kind) => catalog.find(kind)?.retry });
  const storage = new FolderStorage({ directory: uploadDirectory });
  const close = async () => {
    await Promise.all([eventLog.close(), queue.close(), database.$disconnect()]);
    await servers.close();
  };
  return { databaseUrl, redis, database, rows, eventLog, queue, uploadDirectory, storage, catalog, close };
}

/** Makes a task as the api does, but does not hand it to the queue. */
export async function createTask<Definition extends AnyTaskDefinition>(
  backend: TestBackend,
  task: Definition,
  input: TaskInput<Definition> & Prisma.InputJsonObject,
): Promise<TaskAddress> {
  return createTaskWith(backend, { task, input: { ...input } });
}

/** The same, with whatever else its row is to hold. */
export async function createTaskWith(
  { database, eventLog }: Pick<TestBackend, 'database' | 'eventLog'>,
  { task: { kind, stages }, ...data }: { task: AnyTaskDefinition; input: Prisma.InputJsonObject; timeoutMs?: number },
): Promise<TaskAddress> {
  const owner = { ownerId: 'ada', name: 'Default' };
  const project = await database.project.upsert({ where: { ownerId_name: owner }, create: owner, update: {} });
  const task = await database.task.create({
    data: { ownerId: owner.ownerId, projectId: project.id, priority: 5, kind, ...data },
  });
  const address = { taskId: task.id, projectId: project.id, ownerId: owner.ownerId };
  await eventLog.open(address, { type: 'queued', kind, priority: 5, stages: stagePlansOf(stages) });
  return address;
}

/** Another handler of `demo.count`. */
export type CountHandler = Handler<typeof countTask>;

/** Changes of a test's runner. */
export interface RunnerChanges extends Partial<RunnerDependencies> {
  count?: CountHandler;
  /** Handlers in the place of those for the same kinds. */
  handlers?: readonly TaskHandler[];
}

/** The handlers of the tests, some of them replaced. */
export function testHandlersWith({ count, handlers = [] }: Pick<RunnerChanges, 'count' | 'handlers'>): TaskHandler[] {
  const all = [...testHandlers, ...(count === undefined ? [] : [handle(countTask, count)]), ...handlers];
  return [...new Map(all.map((handler) => [handler.task.kind, handler])).values()];
}

/** A runner as the worker has it. */
export function createRunner(
  { rows, eventLog, database, queue, storage }: TestBackend,
  { count, handlers: given, ...changed }: RunnerChanges = {},
): TaskRunner {
  const handlers = testHandlersWith({ ...(count === undefined ? {} : { count }), handlers: given ?? [] });
  const uploads = new Uploads({ database, storage });
  return new TaskRunner({
    database,
    rows,
    eventLog,
    fleet: queue,
    retention: DEFAULT_RETENTION,
    handlerKit: createHandlerKit(handlers, { uploads, hasDemoTasks: true }),
    catalog: createTaskCatalog(handlers.map(({ task }) => task)),
    logger: pino({ level: 'silent' }),
    workerId: 'worker-test',
    cancelGraceMs: 5_000,
    ...changed,
  });
}

/** An interval (ms) between two checks of an attempt's log that no test reaches. */
export const NEVER_MS = 3_600_000;

/** An event log whose cancel channel brings no message: pub/sub has lost it, or the api is of an older version. */
export function withoutCancelChannel({ eventLog }: TestBackend): EventLog {
  return { ...eventLog, onCancelRequested: () => () => undefined };
}

/** The job of a task, as the queue hands it to a worker. */
export function jobOf(task: TaskAddress, kind: string, triesLeft = 0) {
  return { taskId: task.taskId, kind, triesLeft, retryDelayMs: 1_000 };
}

export async function readEvents({ eventLog }: TestBackend, task: TaskAddress): Promise<TaskEvent[]> {
  return eventLog.read(task, 0, 10_000);
}

export async function readRow({ database }: TestBackend, task: TaskAddress): Promise<Task> {
  return database.task.findUniqueOrThrow({ where: { id: task.taskId } });
}

/** Keeps a file as an upload of ada's. @returns the upload's id. */
export async function addUpload(
  backend: TestBackend,
  mediaType: string,
  content: string | Uint8Array,
): Promise<string> {
  const upload = await backend.database.upload.create({
    data: { ownerId: 'ada', fileName: 'document', mediaType, sizeBytes: content.length },
  });
  await writeFile(join(backend.uploadDirectory, upload.id), content);
  return upload.id;
}
