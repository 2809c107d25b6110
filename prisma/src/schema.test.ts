import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Prisma, TaskStatus } from './index.ts';
import type { Database } from './index.ts';
import { openMigratedDatabase, type MigratedDatabase } from './testing/migrated-database.ts';

let test: MigratedDatabase;
let database: Database;

beforeAll(async () => {
  test = await openMigratedDatabase({ poolSize: 2 });
  ({ database } = test);
  const project = await database.project.create({ data: { ownerId: 'ada', name: 'engine' } });
  await database.task.create({
    data: { ownerId: 'ada', projectId: project.id, kind: 'image.resize', input: {}, priority: 0 },
  });
});

afterAll(() => test.close());

describe('the migrations agree with schema.prisma', () => {
  it('in every column of every model', async () => {
    await expect(database.project.findMany()).resolves.toHaveLength(1);
    await expect(database.task.findMany()).resolves.toHaveLength(1);
    await expect(database.upload.findMany()).resolves.toEqual([]);
    await expect(database.stageResult.findMany()).resolves.toEqual([]);
    await expect(database.taskHistory.findMany()).resolves.toEqual([]);
    await expect(database.taskUpload.findMany()).resolves.toEqual([]);
    await expect(database.uploadHold.findMany()).resolves.toEqual([]);
  });

  it('in the task states', async () => {
    const rows = await database.$queryRaw`SELECT unnest(enum_range(NULL::"TaskStatus"))::text AS status`;

    expect(rows).toEqual(Object.values(TaskStatus).map((status) => ({ status })));
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
