import pg from 'pg';

import type { DatabaseAddress } from '../connection/database-url.ts';
import { MigrationError, toMigrationError } from './migration-error.ts';

/** Key of the advisory lock of all migrations of a database. */
const MIGRATION_LOCK = 72707370;
/** Longest time (ms) for the connection. */
const CONNECT_TIMEOUT_MS = 10_000;

/** The connection of a migration, and the schemas of its address. */
export interface MigrationSession {
  client: pg.Client;
  address: DatabaseAddress;
}

/**
 * Runs `work` while no other process migrates the same database, after waiting for a running migration. It creates the
 * address's schema first if it is missing.
 * @throws MigrationError
 */
export async function withMigrationSession<Result>(
  address: DatabaseAddress,
  work: (session: MigrationSession) => Promise<Result>,
): Promise<Result> {
  const { connectionString } = address;
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  client.on('error', () => {
    // A lost connection also shows as an error of the migration.
  });
  try {
    await client.connect();
  } catch (error) {
    throw new MigrationError('unreachable', `The database cannot be reached: ${String(error)}`, { cause: error });
  }
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    return await work({ client, address });
  } catch (error) {
    throw toMigrationError(error);
  } finally {
    // The end of the session releases the lock.
    await client.end();
  }
}

/** Runs `work` in a transaction of the session. */
export async function inTransaction<Result>(
  { client }: MigrationSession,
  work: () => Promise<Result>,
): Promise<Result> {
  await client.query('BEGIN');
  try {
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // If the connection is lost, PostgreSQL rolls back by itself.
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** Creates a missing schema. CREATE SCHEMA needs a right that many accounts lack, even for an existing schema. */
export async function ensureSchema({ client }: MigrationSession, schema: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [schema]);
  if (rowCount === 0) await client.query(`CREATE SCHEMA ${pg.escapeIdentifier(schema)}`);
}

/** Whether a schema has all of these tables. */
export async function hasTables(
  { client }: MigrationSession,
  schema: string,
  tables: readonly string[],
): Promise<boolean> {
  const { rows } = await client.query<{ count: number }>(
    // The cast cuts long names, as PostgreSQL does when it makes a table.
    'SELECT count(*)::int AS count FROM pg_tables WHERE schemaname = $1 AND tablename = ANY($2::name[])',
    [schema, tables],
  );
  return rows[0]?.count === tables.length;
}
