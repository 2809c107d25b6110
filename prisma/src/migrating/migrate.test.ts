import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { migrateDatabase } from './migrate.ts';
import { createScratchDatabase } from '../testing/scratch-database.ts';
import type { ScratchDatabase } from '../testing/scratch-database.ts';

const MIGRATIONS = [
  '20261121000000_initial',
  '20261122000000_history_and_retries',
  '20261127100000_task_uploads',
  '20261127110000_deletion',
  '20261127200000_documents',
  '20261127210000_document_library',
  '20261127220000_vocabulary',
];

let test: ScratchDatabase;

beforeEach(async () => {
  test = await createScratchDatabase();
});

afterEach(async () => {
  await test.drop();
});

async function query(statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: test.databaseUrl });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

describe('migrateDatabase', () => {
  it('applies the pending migrations, and none the second time', async () => {
    expect(await migrateDatabase(test)).toEqual({ applied: MIGRATIONS });
    expect(await migrateDatabase(test)).toEqual({ applied: [] });
  });

  it('lets one of several callers migrate while the others wait', async () => {
    const results = await Promise.all([migrateDatabase(test), migrateDatabase(test), migrateDatabase(test)]);

    expect(results.flatMap(({ applied }) => applied)).toEqual(MIGRATIONS);
  });

  it('keeps the table that `prisma migrate deploy` reads', async () => {
    await migrateDatabase(test);

    expect(
      await query('SELECT migration_name, logs, rolled_back_at FROM _prisma_migrations ORDER BY migration_name'),
    ).toEqual(MIGRATIONS.map((migration_name) => ({ migration_name, logs: null, rolled_back_at: null })));
  });

  it('leaves no connection behind', async () => {
    await migrateDatabase(test);

    expect(
      await query('SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database()'),
    ).toEqual([{ count: 1 }]);
  });
});

describe('migrateDatabase refuses', () => {
  it('a missing database', async () => {
    const databaseUrl = `${test.databaseUrl}_missing`;

    await expect(migrateDatabase({ databaseUrl })).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('an unreachable server', async () => {
    const databaseUrl = 'postgresql://nobody@127.0.0.1:1/nothing';

    await expect(migrateDatabase({ databaseUrl })).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('a database with foreign tables', async () => {
    await query('CREATE TABLE "Stranger" (id INT)');

    await expect(migrateDatabase(test)).rejects.toMatchObject({ code: 'database-not-empty' });
  });

  it('a database with a failed migration', async () => {
    await migrateDatabase(test);
    await query('UPDATE _prisma_migrations SET finished_at = NULL');

    await expect(migrateDatabase(test)).rejects.toMatchObject({ code: 'earlier-migration-failed' });
  });
});
