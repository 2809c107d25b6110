import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';

import pg from 'pg';

const EARLIER_MIGRATIONS = new URL('../../../../prisma/earlier-migrations/', import.meta.url);

/** The table in which `prisma migrate deploy` records migrations. */
const RECORD = `CREATE TABLE "_prisma_migrations" (
  id VARCHAR(36) PRIMARY KEY, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`;

/**
 * Makes the tables as a version before 20261128 did, in the schema that sessions find first, usually `public`.
 * @param options.before The first migration that the version did not have. Absent: it had all.
 */
export async function makeEarlierTables(
  { databaseUrl }: { databaseUrl: string },
  { before }: { before?: string } = {},
): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(RECORD);
    for (const name of await namesBefore(before)) {
      const script = await readFile(new URL(`${name}/migration.sql`, EARLIER_MIGRATIONS), 'utf8');
      await client.query(script);
      await client.query(
        `INSERT INTO "_prisma_migrations" (id, checksum, finished_at, migration_name, applied_steps_count)
        VALUES ($1, $2, now(), $3, 1)`,
        [randomUUID(), createHash('sha256').update(script).digest('hex'), name],
      );
    }
  } finally {
    await client.end();
  }
}

async function namesBefore(before: string | undefined): Promise<string[]> {
  const names = (await readdir(EARLIER_MIGRATIONS)).sort();
  return before === undefined ? names : names.filter((name) => name < before);
}
