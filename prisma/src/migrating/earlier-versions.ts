import { createHash, randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';

import pg from 'pg';

import { EARLIER_MIGRATIONS } from '../migration-folders.ts';
import { MigrationError, toMigrationError } from './migration-error.ts';
import { hasTables, inTransaction, type MigrationSession } from './migration-session.ts';
import { readMigrations, type Migration } from './read-migrations.ts';
import type { TakeOver, TakeOverSteps } from './take-over.ts';

const FOLDER = fileURLToPath(EARLIER_MIGRATIONS);
/** The table in which versions before 20261128 recorded their migrations, in the form of `prisma migrate deploy`. */
const RECORD = '_prisma_migrations';
/** The first migration, by which such a database is known. */
const FIRST = '20261121000000_initial';

/** The core's tables in versions before 20261128. */
export const EARLIER_TABLES: TakeOver = {
  tables: ['Project', 'Task', 'StageResult', 'TaskHistory', 'Upload', 'TaskUpload'],
  types: ['TaskStatus'],
  baseline: '20261128000000_baseline',
};

/** Takes over a database of any earlier version: first it gets the migrations that it lacks. */
export const EARLIER_STEPS: TakeOverSteps = {
  async isThere(session, schema) {
    if (!(await hasTables(session, schema, ['Task', RECORD])) || !(await isReadable(session, schema))) return false;
    const { rowCount } = await session.client.query(`SELECT 1 FROM ${recordIn(schema)} WHERE migration_name = $1`, [
      FIRST,
    ]);
    return rowCount !== 0;
  },

  async prepare(session, schema) {
    const migrations = await readMigrations(FOLDER);
    const names = await applied(session, schema, migrations);
    for (const migration of migrations) if (!names.has(migration.name)) await apply(session, schema, migration);
  },

  async moved({ client }, schema) {
    const record = recordIn(schema);
    const names = (await readMigrations(FOLDER)).map(({ name }) => name);
    await client.query(`DELETE FROM ${record} WHERE migration_name = ANY($1)`, [names]);
    const { rowCount } = await client.query(`SELECT 1 FROM ${record} LIMIT 1`);
    if (rowCount === 0) await client.query(`DROP TABLE ${record}`);
  },
};

/** A record that another account made, and that this one may not read, is not Taskwire's. */
async function isReadable({ client }: MigrationSession, schema: string): Promise<boolean> {
  const { rows } = await client.query<{ isReadable: boolean }>(
    `SELECT has_schema_privilege($1, 'USAGE') AND has_table_privilege($2, 'SELECT') AS "isReadable"`,
    [schema, recordIn(schema)],
  );
  return rows[0]?.isReadable === true;
}

/** The names of the applied ones. @throws MigrationError `earlier-migration-failed` */
async function applied(
  { client }: MigrationSession,
  schema: string,
  migrations: readonly Migration[],
): Promise<Set<string>> {
  const { rows } = await client.query<{ name: string; done: boolean }>(
    `SELECT migration_name AS name, finished_at IS NOT NULL AS done FROM ${recordIn(schema)}
    WHERE rolled_back_at IS NULL AND migration_name = ANY($1)`,
    [migrations.map(({ name }) => name)],
  );
  const failed = rows.find(({ done }) => !done);
  if (failed === undefined) return new Set(rows.map(({ name }) => name));
  throw new MigrationError(
    'earlier-migration-failed',
    `The migration ${failed.name} of an earlier version failed: finish it with that version first.`,
  );
}

async function apply(session: MigrationSession, schema: string, { name, script }: Migration): Promise<void> {
  const { client } = session;
  try {
    await inTransaction(session, async () => {
      await client.query(`SET LOCAL search_path = ${pg.escapeIdentifier(schema)}`);
      await client.query(script);
      await client.query(
        `INSERT INTO ${recordIn(schema)} (id, checksum, finished_at, migration_name, applied_steps_count)
        VALUES ($1, $2, now(), $3, 1)`,
        [randomUUID(), createHash('sha256').update(script).digest('hex'), name],
      );
    });
  } catch (error) {
    throw toMigrationError(error, name);
  }
}

function recordIn(schema: string): string {
  return `${pg.escapeIdentifier(schema)}.${RECORD}`;
}
