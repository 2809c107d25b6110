import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Prisma, TaskStatus } from './index.ts';
import type { Database } from './index.ts';
import { openMigratedDatabase, type MigratedDatabase } from './testing/migrated-database.ts';

let test: MigratedDatabase;
let database: Database;
let taskId: string;

beforeAll(async () => {
  test = await openMigratedDatabase({ poolSize: 2 });
  ({ database } = test);
  const project = await database.project.create({ data: { ownerId: 'ada', name: 'engine' } });
  const task = await database.task.create({
    data: { ownerId: 'ada', projectId: project.id, kind: 'document.ingest', input: {}, priority: 0 },
  });
  taskId = task.id;
});

afterAll(() => test.close());

describe('the migrations agree with schema.prisma', () => {
  it('in every column of every model', async () => {
    await expect(database.project.findMany()).resolves.toHaveLength(1);
    await expect(database.task.findMany()).resolves.toHaveLength(1);
    await expect(database.upload.findMany()).resolves.toEqual([]);
    await expect(database.documentChunk.findMany()).resolves.toEqual([]);
    await expect(database.stageResult.findMany()).resolves.toEqual([]);
    await expect(database.taskHistory.findMany()).resolves.toEqual([]);
    await expect(database.taskUpload.findMany()).resolves.toEqual([]);
  });

  it('in the task states', async () => {
    const rows = await database.$queryRaw`SELECT unnest(enum_range(NULL::"TaskStatus"))::text AS status`;

    expect(rows).toEqual(Object.values(TaskStatus).map((status) => ({ status })));
  });
});

describe('DocumentChunk', () => {
  it('stores the search terms that the writer gives', async () => {
    await database.documentChunk.createMany({
      data: [
        { taskId, ordinal: 1, page: 7, text: 'Once a week is enough.' },
        { taskId, ordinal: 2, page: 8, text: 'A repotted orchid rests for a month.' },
      ],
    });
    await database.$executeRaw`UPDATE "DocumentChunk" SET search = 'orchid:1A'::tsvector WHERE ordinal = 1`;
    const rows = await database.$queryRaw`SELECT page FROM "DocumentChunk" WHERE search @@ 'orchid'::tsquery`;

    expect(rows).toEqual([{ page: 7 }]);
  });

  it('has an index for search', async () => {
    const rows = await database.$queryRaw`SELECT indexdef FROM pg_indexes WHERE indexname = 'DocumentChunk_search_idx'`;

    expect(rows).toEqual([
      { indexdef: 'CREATE INDEX "DocumentChunk_search_idx" ON public."DocumentChunk" USING gin (search)' },
    ]);
  });

  it('is deleted with its task', async () => {
    await database.task.delete({ where: { id: taskId } });

    expect(await database.documentChunk.count()).toBe(0);
  });
});

describe('createDatabase', () => {
  it('opens no more connections than its limit', async () => {
    const [first] = await Promise.all(
      Array.from({ length: 8 }, () =>
        database.$queryRaw<{ count: number }[]>(Prisma.sql`
          SELECT count(*)::int AS count, pg_sleep(0.02)::text FROM pg_stat_activity
          WHERE datname = current_database() AND application_name = 'taskwire'`),
      ),
    );

    expect(first?.[0]?.count).toBeLessThanOrEqual(2);
  });
});
