import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { migrate, migrateDatabase } from './migrate.ts';
import { MigrationRecord } from './migration-record.ts';
import { createScratchDatabase } from '../testing/scratch-database.ts';
import type { ScratchDatabase } from '../testing/scratch-database.ts';

const MIGRATIONS = ['20261128000000_baseline', '20261128100000_upload_holds'];

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

  it("leaves a team's tables, its migrations and the schema public as they are", async () => {
    await query('CREATE TABLE "Task" (id INT); CREATE TABLE "_prisma_migrations" (migration_name TEXT)');
    await query(`INSERT INTO "_prisma_migrations" VALUES ('20250101000000_initial')`);
    const inPublic = () =>
      query(`SELECT relname, relkind FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY relname`);
    const before = await inPublic();
    await migrateDatabase(test);

    expect(await inPublic()).toEqual(before);
    expect(await query('SELECT * FROM "_prisma_migrations"')).toEqual([{ migration_name: '20250101000000_initial' }]);
    expect(await query('SELECT extname FROM pg_extension')).toEqual([{ extname: 'plpgsql' }]);
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

  it('an account that may not make the schema, with the remedy', async () => {
    const name = `plain_${Date.now()}`;
    await query(`CREATE ROLE ${name} LOGIN PASSWORD 'plain'`);
    const url = new URL(test.databaseUrl);
    url.username = name;
    url.password = 'plain';
    try {
      const refused = migrateDatabase({ databaseUrl: url.href });
      await expect(refused).rejects.toMatchObject({ code: 'not-permitted' });
      await expect(refused).rejects.toThrow(/CREATE SCHEMA/);
    } finally {
      await query(`DROP ROLE ${name}`);
    }
  });

  it("a schema that holds another program's tables, which stay as they are", async () => {
    await query('CREATE SCHEMA taskwire; CREATE TABLE taskwire."Task" (theirs INT)');

    const refused = migrateDatabase(test);
    await expect(refused).rejects.toMatchObject({ code: 'name-taken' });
    await expect(refused).rejects.toThrow(/"Task" already exists.*\?schema=name/);
    expect(await query('SELECT theirs FROM taskwire."Task"')).toEqual([]);
  });
});

describe('migrate', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'taskwire-migrations-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  async function addMigration(name: string, script: string): Promise<void> {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, 'migration.sql'), script);
  }

  it("applies a team's own migrations in their schema, with references to the core's tables", async () => {
    await migrateDatabase(test);
    await addMigration('1_orders', 'CREATE TABLE "Order" ("taskId" UUID REFERENCES "Task" (id) ON DELETE SET NULL)');
    const options = { databaseUrl: test.databaseUrl, schema: 'shop', migrations: folder };

    expect(await migrate(options)).toEqual({ applied: ['1_orders'] });
    expect(await migrate(options)).toEqual({ applied: [] });
    await addMigration('2_names', 'ALTER TABLE "Order" ADD COLUMN name TEXT');
    expect(await migrate(options)).toEqual({ applied: ['2_names'] });
    expect(await query('SELECT name FROM shop._shop_migrations ORDER BY name')).toEqual([
      { name: '1_orders' },
      { name: '2_names' },
    ]);
  });

  it('applies a script that changes settings of its session, and the next one with those of a new session', async () => {
    await addMigration('1_dumped', `SELECT set_config('search_path', '', false); CREATE TABLE shop.dumped (id INT)`);
    await addMigration('2_orders', 'CREATE TABLE "Order" (id INT)');
    const options = { databaseUrl: test.databaseUrl, schema: 'shop', migrations: folder };

    expect(await migrate(options)).toEqual({ applied: ['1_dumped', '2_orders'] });
    expect(await query(`SELECT schemaname FROM pg_tables WHERE tablename = 'Order'`)).toEqual([{ schemaname: 'shop' }]);
  });

  it('applies scripts in their schema, whichever search path the session has', async () => {
    await migrateDatabase(test);
    await query('CREATE SCHEMA shop');
    const client = new pg.Client({ connectionString: test.databaseUrl });
    await client.connect();
    const address = { connectionString: test.databaseUrl, schema: 'shop', coreSchema: 'taskwire' };
    const record = new MigrationRecord({ client, address }, 'shop');
    await record.create();
    await record.applyPending([{ name: '1', script: 'CREATE TABLE "Order" ("taskId" UUID REFERENCES "Task" (id))' }]);
    await client.end();

    expect(await query(`SELECT schemaname FROM pg_tables WHERE tablename = 'Order'`)).toEqual([{ schemaname: 'shop' }]);
  });

  it('applies migrations once, however long the name of their schema is', async () => {
    await addMigration('1_orders', 'CREATE TABLE "Order" (id INT)');
    const options = { databaseUrl: test.databaseUrl, schema: 'x'.repeat(63), migrations: folder };

    expect(await migrate(options)).toEqual({ applied: ['1_orders'] });
    expect(await migrate(options)).toEqual({ applied: [] });
  });

  it('keeps nothing of a migration that fails, and all that came before it', async () => {
    await addMigration('1_good', 'CREATE TABLE good (id INT)');
    await addMigration('2_bad', 'CREATE TABLE half (id INT); SELECT missing_function()');
    await addMigration('3_later', 'CREATE TABLE later (id INT)');
    const failing = migrate({ databaseUrl: test.databaseUrl, schema: 'shop', migrations: folder });

    await expect(failing).rejects.toMatchObject({ code: 'migration-failed' });
    await expect(failing).rejects.toThrow(/2_bad: .*missing_function/);
    expect(await query(`SELECT tablename FROM pg_tables WHERE schemaname = 'shop' ORDER BY tablename`)).toEqual([
      { tablename: '_shop_migrations' },
      { tablename: 'good' },
    ]);
  });

  it('refuses a folder that is not there', async () => {
    const migrations = join(folder, 'missing');
    const options = { databaseUrl: test.databaseUrl, schema: 'shop', migrations };

    await expect(migrate(options)).rejects.toMatchObject({ code: 'no-migrations' });
  });
});
