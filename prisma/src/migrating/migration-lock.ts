import pg from 'pg';

import type { DatabaseAddress } from '../connection/database-url.ts';
import { MigrationError } from './migration-error.ts';

// The engine locks too (72707369, as `prisma migrate deploy` does), but gives up after 10 s. This one waits for as long
// as a migration of ours takes, so only this lock's holder ever asks for the engine's.
const migrationLock = 72707370;

/**
 * Runs `work` while no other process migrates the same database; waits for the one that does. Makes the address's schema
 * first if it is not there.
 *
 * @throws MigrationError `unreachable` when the database cannot be connected to
 */
export async function withMigrationLock<Result>(
  { connectionString, schema }: DatabaseAddress,
  work: () => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {
    // A connection lost here shows as an error of the migration itself.
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
    // Ending the session gives the lock back.
    await client.end();
  }
}

/** Making one needs a right that many accounts lack, even if it is there already. */
async function ensureSchema(client: pg.Client, schema: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [schema]);
  if (rowCount === 0) await client.query(`CREATE SCHEMA ${pg.escapeIdentifier(schema)}`);
}
