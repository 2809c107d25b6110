import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { checkEncoding } from './check-encoding.ts';
import { checkWritable } from './check-writable.ts';
import { createDatabase, type Database } from './client.ts';

const made: { name: string; database: Database }[] = [];

afterEach(async () => {
  for (const { name, database } of made.splice(0)) {
    await database.$disconnect();
    await onServer(`DROP DATABASE ${name}`);
  }
});

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('databaseUrl') });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

async function createDatabaseWith(options: string): Promise<Database> {
  const name = `encoding_${randomUUID().replaceAll('-', '')}`;
  await onServer(`CREATE DATABASE ${name} TEMPLATE template0 ${options}`);
  const url = new URL(inject('databaseUrl'));
  url.pathname = `/${name}`;
  const database = createDatabase({ connectionString: url.href });
  made.push({ name, database });
  return database;
}

describe('checkEncoding', () => {
  it.each([
    ['C', "ENCODING 'UTF8' LOCALE_PROVIDER libc LOCALE 'C'"],
    ['C.UTF-8', "ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"],
    ['ICU', "ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'tr-TR' LOCALE 'C'"],
  ])('accepts UTF-8 with the locale %s', async (_locale, options) => {
    await expect(checkEncoding(await createDatabaseWith(options))).resolves.toBeUndefined();
  });

  it.each(['SQL_ASCII', 'LATIN1', 'EUC_JP'])('refuses %s in one line that names the remedy', async (encoding) => {
    const database = await createDatabaseWith(`ENCODING '${encoding}' LOCALE_PROVIDER libc LOCALE 'C'`);
    const remedy = new RegExp(`^PostgreSQL has the database \\w+ in the encoding ${encoding}, .*ENCODING 'UTF8'.*$`);
    await expect(checkEncoding(database)).rejects.toThrow(remedy);
    expect(await checkWritable(database)).toMatch(/ENCODING 'UTF8'/);
  });
});
