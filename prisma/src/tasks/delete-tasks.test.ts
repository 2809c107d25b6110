import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { deleteEndedTasks, deleteUnusedUploads, insertTask } from '../index.ts';
import type { Database } from '../index.ts';
import { openMigratedDatabase, type MigratedDatabase } from '../testing/migrated-database.ts';

let test: MigratedDatabase;
let database: Database;
let projectId: string;

beforeAll(async () => {
  test = await openMigratedDatabase({ poolSize: 4 });
  ({ database } = test);
});
beforeEach(async () => {
  projectId = (await database.project.create({ data: { ownerId: 'ada', name: randomUUID() } })).id;
});
afterAll(() => test.close());

async function addUpload(): Promise<string> {
  const facts = { ownerId: 'ada', fileName: 'a.txt', mediaType: 'text/plain', sizeBytes: 1 };
  return (await database.upload.create({ data: facts })).id;
}

type Status = 'done' | 'error' | 'canceled' | 'queued' | 'running' | 'retrying' | 'canceling';

async function addTask(status: Status, uploads: readonly string[] = [], input: unknown = {}): Promise<string> {
  const taskId = randomUUID();
  await insertTask(database, { taskId, ownerId: 'ada', projectId, kind: 'demo.count', input, uploads, priority: 5 });
  await database.task.update({ where: { id: taskId }, data: { status } });
  return taskId;
}

describe('deleteEndedTasks', () => {
  it('deletes ended tasks with their rows elsewhere, and returns their uploads', async () => {
    const uploads = [await addUpload(), await addUpload()];
    const [first, second] = [await addTask('done', uploads), await addTask('error', uploads.slice(0, 1))];
    await database.taskHistory.create({ data: { taskId: first, fromSeq: 1, toSeq: 2, events: [] } });
    await database.stageResult.create({ data: { taskId: first, stage: 'count', result: 1 } });
    const deleted = await deleteEndedTasks(database, [first, second, await addTask('canceled'), randomUUID()]);

    expect(deleted.taskIds).toHaveLength(3);
    expect(new Set(deleted.uploadIds)).toEqual(new Set(uploads));
    const where = { taskId: first };
    expect(await database.taskHistory.count({ where })).toBe(0);
    expect(await database.stageResult.count({ where })).toBe(0);
    expect(await database.taskUpload.count({ where })).toBe(0);
    expect(await deleteEndedTasks(database, [first])).toEqual({ taskIds: [], uploadIds: [] });
  });

  it('keeps every task that has not ended', async () => {
    const statuses = ['queued', 'running', 'retrying', 'canceling'] as const;
    const tasks = await Promise.all(statuses.map((status) => addTask(status)));
    expect(await deleteEndedTasks(database, tasks)).toEqual({ taskIds: [], uploadIds: [] });
    expect(await database.task.count({ where: { id: { in: tasks } } })).toBe(4);
  });

  it('tells rows of other schemas as their foreign keys say', async () => {
    await database.$executeRaw`CREATE SCHEMA IF NOT EXISTS shop`;
    await database.$executeRaw`
      CREATE TABLE shop."Order" (name text, "taskId" uuid REFERENCES "Task" (id) ON DELETE SET NULL)`;
    const taskId = await addTask('done');
    await database.$executeRaw`INSERT INTO shop."Order" VALUES ('first', ${taskId}::uuid)`;
    await deleteEndedTasks(database, [taskId]);
    expect(await database.$queryRaw`SELECT * FROM shop."Order"`).toEqual([{ name: 'first', taskId: null }]);
  });

  it('keeps the retry of a deleted task and its reference to it', async () => {
    const earlier = await addTask('error');
    const again = await addTask('queued');
    await database.task.update({ where: { id: again }, data: { retryOfId: earlier } });
    await deleteEndedTasks(database, [earlier]);
    expect(await database.task.findUnique({ where: { id: again } })).toMatchObject({ retryOfId: earlier });
  });
});

describe('deleteUnusedUploads', () => {
  it('deletes unused uploads, and keeps those of any task, ended or not', async () => {
    const [unused, queued, done] = [await addUpload(), await addUpload(), await addUpload()];
    await addTask('queued', [queued]);
    await addTask('done', [done]);
    expect(await deleteUnusedUploads(database, [unused, queued, done, randomUUID()])).toEqual([unused]);
    expect(await database.upload.count({ where: { id: { in: [unused, queued, done] } } })).toBe(2);
  });

  it('keeps an upload while a row of UploadHold names it', async () => {
    const uploadId = await addUpload();
    await database.uploadHold.create({ data: { uploadId, holder: 'shop order 1' } });
    expect(await deleteUnusedUploads(database, [uploadId])).toEqual([]);
    await database.uploadHold.deleteMany({ where: { uploadId } });
    expect(await deleteUnusedUploads(database, [uploadId])).toEqual([uploadId]);
  });

  it('keeps an upload that an unfinished task of an earlier version names anywhere in its input', async () => {
    const upload = await addUpload();
    const task = await addTask('running', [], { files: [{ id: upload }] });
    expect(await deleteUnusedUploads(database, [upload])).toEqual([]);
    await database.task.update({ where: { id: task }, data: { status: 'done' } });
    expect(await deleteUnusedUploads(database, [upload])).toEqual([upload]);
  });

  it('keeps an upload that a new task takes at the same time', async () => {
    const upload = await addUpload();
    const taskId = await addTask('queued');
    const other = new pg.Client({ connectionString: test.databaseUrl });
    await other.connect();
    try {
      await other.query('BEGIN');
      await other.query('INSERT INTO "TaskUpload" ("taskId", "uploadId") VALUES ($1, $2)', [taskId, upload]);
      expect(await deleteUnusedUploads(database, [upload])).toEqual([]);
      await other.query('COMMIT');
    } finally {
      await other.end();
    }
    expect(await database.upload.count({ where: { id: upload } })).toBe(1);
  });
});
