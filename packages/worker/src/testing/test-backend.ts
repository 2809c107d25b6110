import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createDatabase, type Database, type Prisma, type Task } from '@taskwire/db';
import { createDocumentDatabase, migrateDocuments, type DocumentDatabase } from '@taskwire/documents';
import { createEventLog, type EventLog, type TaskAddress } from '@taskwire/event-log';
import type { TaskEvent } from '@taskwire/protocol';
import { createTaskQueue, type TaskQueue } from '@taskwire/queue';
import { taskDefinitions, type TaskInput, type TaskKind } from '@taskwire/tasks';
import type { TestRedis } from '@taskwire/test-kit';
import { openTestServers } from '@taskwire/test-kit/vitest';
import { pino } from 'pino';
import { afterAll, beforeAll } from 'vitest';
import type { Handlers } from '../context/handler.ts';
import { taskHandlers } from '../task-handlers.ts';
import { DEFAULT_RETENTION } from '../retention/retention-dependencies.ts';
import { TaskRows } from '../running/stored/task-rows.ts';
import { FolderStorage, type UploadStorage } from '@taskwire/uploads';
import { createHandlerKit } from '../running/handler/handler-kit.ts';
import { TaskRunner } from '../running/task-runner.ts';
import type { RunnerDependencies } from '../running/runner-dependencies.ts';

/** PostgreSQL, Redis, queue, event log and a folder of uploads, for one test file alone. */
export interface TestBackend {
  databaseUrl: string;
  redis: TestRedis;
  database: Database;
  documents: DocumentDatabase;
  rows: TaskRows;
  eventLog: EventLog;
  queue: TaskQueue;
  uploadDirectory: string;
  /** The storage of uploads in that folder. */
  storage: UploadStorage;
  close(): Promise<void>;
}

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
    get documents() {
      return opened().documents;
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
    close: () => opened().close(),
  };
}

/** Opens a backend. Close it in `afterAll`. */
export async function openTestBackend(): Promise<TestBackend> {
  const servers = await openTestServers();
  const { redis, uploadDirectory } = servers;
  const { databaseUrl } = servers.database;
  const { redisUrl } = redis;
  await migrateDocuments({ databaseUrl });
  const database = createDatabase({ connectionString: databaseUrl });
  const documents = createDocumentDatabase({ connectionString: databaseUrl });
  const rows = new TaskRows(database);
  const eventLog = createEventLog({ redisUrl, loadSnapshot: (taskId) => rows.loadSnapshot(taskId) });
  const queue = createTaskQueue({ redisUrl });
  const storage = new FolderStorage({ directory: uploadDirectory });
  const close = async () => {
    await Promise.all([eventLog.close(), queue.close(), database.$disconnect(), documents.$disconnect()]);
    await servers.close();
  };
  return { databaseUrl, redis, database, documents, rows, eventLog, queue, uploadDirectory, storage, close };
}

/** Makes a task as the api does, but does not hand it to the queue. */
export async function createTask<Kind extends TaskKind>(
  backend: TestBackend,
  kind: Kind,
  input: TaskInput<Kind>,
): Promise<TaskAddress> {
  return createTaskWith(backend, { kind, input: { ...input } });
}

/** The same, with whatever else its row is to hold. */
export async function createTaskWith(
  { database, eventLog }: Pick<TestBackend, 'database' | 'eventLog'>,
  data: { kind: TaskKind; input: Prisma.InputJsonObject; timeoutMs?: number },
): Promise<TaskAddress> {
  const { kind } = data;
  const owner = { ownerId: 'ada', name: 'Default' };
  const project = await database.project.upsert({ where: { ownerId_name: owner }, create: owner, update: {} });
  const task = await database.task.create({
    data: { ownerId: owner.ownerId, projectId: project.id, priority: 5, ...data },
  });
  const address = { taskId: task.id, projectId: project.id, ownerId: owner.ownerId };
  const stages = taskDefinitions[kind].stages.map(({ name, weight }) => ({ name, weight }));
  await eventLog.open(address, { type: 'queued', kind, priority: 5, stages });
  return address;
}

/** A runner as the worker has it, with other handlers if given. */
export function createRunner(
  backend: TestBackend,
  changed: { handlers?: Partial<Handlers> } & Partial<RunnerDependencies> = {},
): TaskRunner {
  const { handlers: changedHandlers, ...dependencies } = changed;
  const { rows, eventLog, database, documents, queue, storage } = backend;
  return new TaskRunner({
    database,
    rows,
    eventLog,
    fleet: queue,
    retention: DEFAULT_RETENTION,
    handlerKit: createHandlerKit(
      { ...taskHandlers, ...changedHandlers },
      { database, documents, storage, hasDemoTasks: true },
    ),
    logger: pino({ level: 'silent' }),
    workerId: 'worker-test',
    cancelGraceMs: 5_000,
    ...dependencies,
  });
}

/** An interval (ms) between two checks of an attempt's log that no test reaches. */
export const NEVER_MS = 3_600_000;

/** An event log whose cancel channel brings no message: pub/sub has lost it, or the api is of an older version. */
export function withoutCancelChannel({ eventLog }: TestBackend): EventLog {
  return { ...eventLog, onCancelRequested: () => () => undefined };
}

/** The job of a task, as the queue hands it to a worker. */
export function jobOf(task: TaskAddress, kind: TaskKind, triesLeft = 0) {
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
