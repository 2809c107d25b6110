import { createDatabase, migrateDatabase, type Database } from '@taskwire/db';
import { createTestDatabase, type TestDatabase } from '@taskwire/test-kit/vitest';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withReconcilerLock } from './reconciler-lock.ts';

let test: TestDatabase;
const opened: Database[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(async () => {
  await Promise.all(opened.map((database) => database.$disconnect()));
  await test.drop();
});

async function open(query: string): Promise<Database> {
  const url = test.databaseUrl + query;
  await migrateDatabase({ databaseUrl: url });
  const database = createDatabase({ connectionString: url });
  opened.push(database);
  return database;
}

it.each(['', '?schema=left'])('runs in one process at a time in one schema: "%s"', async (query) => {
  const [first, second] = [await open(query), await open(query)];
  await withReconcilerLock(first, 10_000, async () => {
    expect(await withReconcilerLock(second, 10_000, () => Promise.resolve())).toBe(false);
  });
  expect(await withReconcilerLock(second, 10_000, () => Promise.resolve())).toBe(true);
});

it('runs in each schema of a database at the same time', async () => {
  const [left, right, common] = [await open('?schema=left'), await open('?schema=right'), await open('')];
  const ran = await withReconcilerLock(left, 10_000, async () => {
    expect(await withReconcilerLock(right, 10_000, () => Promise.resolve())).toBe(true);
    expect(await withReconcilerLock(common, 10_000, () => Promise.resolve())).toBe(true);
  });
  expect(ran).toBe(true);
});
