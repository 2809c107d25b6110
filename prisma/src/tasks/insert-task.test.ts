import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { insertTask, loadStageResults, saveStageResult } from '../index.ts';
import type { Database, TaskToInsert } from '../index.ts';
import { openMigratedDatabase, type MigratedDatabase } from '../testing/migrated-database.ts';

let test: MigratedDatabase;
let database: Database;
let projectId: string;

beforeAll(async () => {
  test = await openMigratedDatabase({ poolSize: 4 });
  ({ database } = test);
  projectId = (await database.project.create({ data: { ownerId: 'ada', name: 'inserts' } })).id;
});

afterAll(() => test.close());

function newTask(changed: Partial<TaskToInsert> = {}): TaskToInsert {
  const facts = { ownerId: 'ada', projectId, kind: 'demo.count', input: { to: 3 }, uploads: [], priority: 5 };
  return { taskId: randomUUID(), ...facts, ...changed };
}

async function addUpload(): Promise<string> {
  const facts = { ownerId: 'ada', fileName: 'a.txt', mediaType: 'text/plain', sizeBytes: 1 };
  return (await database.upload.create({ data: facts })).id;
}

const find = (taskId: string) => database.task.findUnique({ where: { id: taskId }, include: { uploads: true } });

describe('insertTask', () => {
  it('writes the row with its uploads and the copied stage results', async () => {
    const earlier = newTask();
    await insertTask(database, earlier);
    await saveStageResult(database, { taskId: earlier.taskId, stage: 'count', result: { upTo: 3 } });
    const uploads = [await addUpload(), await addUpload()];
    const input = { text: 'it’s "quoted" \\ 𝄞', nested: [1, null, true] };
    const task = newTask({ input, uploads, timeoutMs: 1_000, retryOf: earlier.taskId, idempotencyKey: 'once' });
    const createdAt = await insertTask(database, task);

    expect(await find(task.taskId)).toMatchObject({
      ownerId: 'ada',
      projectId,
      kind: 'demo.count',
      input,
      priority: 5,
      status: 'queued',
      attempt: 0,
      percent: 0,
      snapshotSeq: 0n,
      timeoutMs: 1_000,
      retryOfId: earlier.taskId,
      idempotencyKey: 'once',
      createdAt,
    });
    const used = await database.taskUpload.findMany({ where: { taskId: task.taskId } });
    expect(new Set(used.map(({ uploadId }) => uploadId))).toEqual(new Set(uploads));
    expect(await loadStageResults(database, task.taskId)).toEqual(new Map([['count', { upTo: 3 }]]));
  });

  it('writes nothing if an upload is gone', async () => {
    const task = newTask({ uploads: [await addUpload(), randomUUID()] });
    await expect(insertTask(database, task)).rejects.toThrow();
    expect(await find(task.taskId)).toBeNull();
  });

  it('does nothing if it reaches PostgreSQL after its caller has given up', async () => {
    // A statement that was delayed by ten minutes sees a clock ten minutes later.
    const delayed = {
      $queryRaw: async <Rows>(statement: TemplateStringsArray, ...values: unknown[]): Promise<Rows> => {
        const earlier = (value: unknown) => (value instanceof Date ? new Date(value.getTime() - 600_000) : value);
        return database.$queryRaw<Rows>(statement, ...values.map(earlier));
      },
    };
    const task = newTask();
    expect(await insertTask(delayed, task)).toBeUndefined();
    expect(await find(task.taskId)).toBeNull();
  });

  it('writes nothing if another statement holds a lock for too long', async () => {
    const task = newTask();
    const other = new pg.Client({ connectionString: test.databaseUrl });
    await other.connect();
    try {
      await other.query('BEGIN');
      await other.query('SELECT 1 FROM "Project" WHERE id = $1 FOR UPDATE', [projectId]);
      await expect(insertTask(database, task)).rejects.toThrow(/lock timeout/);
    } finally {
      await other.query('COMMIT').finally(() => other.end());
    }
    expect(await find(task.taskId)).toBeNull();
    const rows = await database.$queryRaw`SELECT current_setting('lock_timeout') AS after`;
    expect(rows).toEqual([{ after: '0' }]);
  });
});
