import pg from 'pg';

import type { DatabaseAddress } from '../connection/database-url.ts';
import { MigrationError } from './migration-error.ts';

// Key of the advisory lock. The engine has a lock too (72707369, as `prisma migrate deploy`), but gives up after 10 s.
// This lock waits as long as a migration takes, so that only its holder requests the engine's lock.
const migrationLock = 72707370;

/**
 * Runs `work` while no other process migrates the same database, after waiting for a running migration. It creates the
 * address's schema first if it is missing.
 * @throws MigrationError `unreachable` if the database cannot be reached
 */
export async function withMigrationLock<Result>(
  { connectionString, schema }: DatabaseAddress,
  work: () => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {
    // A lost connection also shows as an error of the migration.
  });
  try {
    await client.connect();
  } catch (error) {
    throw new MigrationError('unreachable', `The database cannot be reached: ${String(error)}`, { cause: error });
  }
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    if (schema !== undefined) await ensureSchema(client, schema);
    return await work();
  } finally {
    // The end of the session releases the lock.
    await client.end();
  }
}

/** Creates a missing schema. CREATE SCHEMA needs a right that many accounts lack, even for an existing schema. */
async function ensureSchema(client: pg.Client, schema: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [schema]);
  if (rowCount === 0) await client.query(`CREATE SCHEMA ${pg.escapeIdentifier(schema)}`);
}
