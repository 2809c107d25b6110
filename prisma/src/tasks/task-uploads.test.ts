import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Database } from '../index.ts';
import { openMigratedDatabase, type MigratedDatabase } from '../testing/migrated-database.ts';

const MIGRATION = new URL('../../earlier-migrations/20261127100000_task_uploads/migration.sql', import.meta.url);

let test: MigratedDatabase;
let database: Database;
let projectId: string;

beforeAll(async () => {
  test = await openMigratedDatabase({ poolSize: 2 });
  ({ database } = test);
  projectId = (await database.project.create({ data: { ownerId: 'ada', name: 'files' } })).id;
});

afterAll(() => test.close());

async function addUpload(ownerId = 'ada'): Promise<string> {
  const facts = { fileName: 'a.txt', mediaType: 'text/plain', sizeBytes: 1 };
  return (await database.upload.create({ data: { ownerId, ...facts } })).id;
}

async function addTask(input: Record<string, unknown>): Promise<string> {
  const facts = { ownerId: 'ada', projectId, kind: 'document.ingest', priority: 5 };
  return (await database.task.create({ data: { ...facts, input: JSON.parse(JSON.stringify(input)) } })).id;
}

describe('TaskUpload', () => {
  it('is filled by its migration from the inputs of earlier tasks, with existing uploads of the same owner', async () => {
    const [own, foreign] = [await addUpload(), await addUpload('bob')];
    const taskId = await addTask({ uploadId: own });
    await addTask({ uploadId: foreign });
    await addTask({ uploadId: randomUUID() });
    await addTask({ uploadId: 'not an id' });
    await addTask({ uploadId: { nested: true } });
    await addTask({});
    await database.$executeRaw`DROP TABLE "TaskUpload"`;
    for (const statement of (await readFile(MIGRATION, 'utf8')).split(';\n')) {
      if (statement.trim() !== '') await database.$executeRawUnsafe(statement);
    }

    expect(await database.taskUpload.findMany()).toEqual([{ taskId, uploadId: own }]);
  });

  it('keeps an upload while a task names it', async () => {
    const uploadId = await addUpload();
    const taskId = await addTask({ uploadId });
    await database.taskUpload.create({ data: { taskId, uploadId } });
    await expect(database.upload.delete({ where: { id: uploadId } })).rejects.toMatchObject({ code: 'P2003' });
    await database.task.delete({ where: { id: taskId } });

    await expect(database.upload.delete({ where: { id: uploadId } })).resolves.toMatchObject({ id: uploadId });
  });
});
