import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createDatabase, type Database } from './connection/client.ts';
import { DatabaseUrlError, parseDatabaseUrl } from './connection/database-url.ts';
import { migrateDatabase } from './migrating/migrate.ts';
import { createScratchDatabase, type ScratchDatabase } from './testing/scratch-database.ts';
import { createTaskRow } from './testing/task-row.ts';

const URL_OF_NOBODY = 'postgresql://user:hunter2@127.0.0.1:1/taskwire';

describe('the schema that a database address names', () => {
  it.each([
    ['', 'taskwire', '-c search_path="taskwire"'],
    ['?sslmode=disable', 'taskwire', '-c search_path="taskwire"'],
    ['?schema=public', 'public', '-c search_path="public"'],
    ['?schema=team_a', 'team_a', '-c search_path="team_a"'],
    ['?schema=TeamA', 'TeamA', '-c search_path="TeamA"'],
    ['?sslmode=disable&schema=_1', '_1', '-c search_path="_1"'],
    ['?options=-c%20statement_timeout%3D5s&schema=b', 'b', '-c statement_timeout=5s -c search_path="b"'],
  ])('%s is %s', (query, schema, options) => {
    const address = parseDatabaseUrl(URL_OF_NOBODY + query);
    expect(address.schema).toBe(schema);
    const { searchParams } = new URL(address.connectionString);
    expect([searchParams.get('options'), searchParams.get('schema')]).toEqual([options, null]);
  });

  it('comes after the schema of an extension, whose statements find both', () => {
    const address = parseDatabaseUrl(URL_OF_NOBODY, { schema: 'shop' });
    expect([address.schema, address.coreSchema]).toEqual(['shop', 'taskwire']);
    expect(new URL(address.connectionString).searchParams.get('options')).toBe('-c search_path="shop","taskwire"');
  });

  it('is in no text that is no URL', () => {
    expect(() => parseDatabaseUrl('host=localhost dbname=hunter2')).toThrow(DatabaseUrlError);
    expect(() => parseDatabaseUrl('host=localhost dbname=hunter2')).not.toThrow(/hunter2/);
  });

  it.each([
    '?schema=',
    '?schema=a%20b',
    '?schema=a%22%2C%22public',
    '?schema=a;b',
    '?schema=1a',
    '?schema=pg_catalog',
    '?schema=größe',
    `?schema=${'x'.repeat(64)}`,
    '?schema=a&schema=b',
  ])('%s is refused with the remedy, and without the password', async (query) => {
    expect(() => parseDatabaseUrl(URL_OF_NOBODY + query)).toThrow(DatabaseUrlError);
    expect(() => parseDatabaseUrl(URL_OF_NOBODY + query)).toThrow(/\?schema=name/);
    expect(() => createDatabase({ connectionString: URL_OF_NOBODY + query })).not.toThrow(/hunter2/);
    await expect(migrateDatabase({ databaseUrl: URL_OF_NOBODY + query })).rejects.toThrow(DatabaseUrlError);
  });
});

describe('two schemas in one database', () => {
  let scratch: ScratchDatabase;
  const opened: Database[] = [];
  beforeEach(async () => {
    scratch = await createScratchDatabase();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((database) => database.$disconnect()));
    await scratch.drop();
  });

  function urlOf(schema: string): string {
    return `${scratch.databaseUrl}?schema=${schema}`;
  }

  function open(url: string): Database {
    const database = createDatabase({ connectionString: url });
    opened.push(database);
    return database;
  }

  it('are migrated side by side, each once, beside the usual one', async () => {
    const urls = [urlOf('left'), urlOf('Right'), scratch.databaseUrl];
    const results = await Promise.all([...urls, ...urls].map((databaseUrl) => migrateDatabase({ databaseUrl })));
    const applied = results.map((result) => result.applied.length).sort((one, other) => one - other);
    expect(applied.slice(0, 3)).toEqual([0, 0, 0]);
    expect(new Set(applied.slice(3)).size).toBe(1);
    const tables = await open(scratch.databaseUrl).$queryRaw`
      SELECT table_schema FROM information_schema.tables WHERE table_name IN ('Task', '_taskwire_migrations')
      GROUP BY table_schema HAVING count(*) = 2 ORDER BY table_schema`;
    expect(tables).toEqual(['Right', 'left', 'taskwire'].map((table_schema) => ({ table_schema })));
  });

  it('hide their rows from each other, in typed and raw statements', async () => {
    await migrateDatabase({ databaseUrl: urlOf('left') });
    await migrateDatabase({ databaseUrl: urlOf('right') });
    const [left, right] = [open(urlOf('left')), open(urlOf('right'))];
    const { taskId } = await createTaskRow(left);
    await left.task.update({ where: { id: taskId }, data: { status: 'running' } });
    expect(await left.$queryRaw`SELECT id FROM "Task" WHERE status = 'running'::"TaskStatus"`).toEqual([
      { id: taskId },
    ]);
    expect(await right.$queryRaw`SELECT id FROM "Task"`).toEqual([]);
    expect([await left.task.count(), await right.task.count()]).toEqual([1, 0]);
  });

  it('an account that uses an existing schema needs no right to create one', async () => {
    const admin = open(scratch.databaseUrl);
    await migrateDatabase({ databaseUrl: urlOf('ready') });
    const name = `limited_${Date.now()}`;
    await admin.$executeRawUnsafe(`CREATE ROLE ${name} LOGIN PASSWORD 'limited'`);
    await admin.$executeRawUnsafe(`GRANT USAGE ON SCHEMA ready TO ${name}`);
    await admin.$executeRawUnsafe(`GRANT ALL ON ALL TABLES IN SCHEMA ready TO ${name}`);
    const url = new URL(urlOf('ready'));
    url.username = name;
    url.password = 'limited';
    try {
      expect(await migrateDatabase({ databaseUrl: url.href })).toEqual({ applied: [] });
      expect(await open(url.href).task.count()).toBe(0);
    } finally {
      await admin.$executeRawUnsafe(`DROP OWNED BY ${name}`);
      await admin.$executeRawUnsafe(`DROP ROLE ${name}`);
    }
  });
});
