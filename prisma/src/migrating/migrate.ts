import { fileURLToPath } from 'node:url';

import { parseDatabaseUrl } from '../connection/database-url.ts';
import { CORE_MIGRATIONS } from '../migration-folders.ts';
import { EARLIER_STEPS, EARLIER_TABLES } from './earlier-versions.ts';
import { MigrationRecord } from './migration-record.ts';
import { ensureSchema, inTransaction, withMigrationSession } from './migration-session.ts';
import { readMigrations } from './read-migrations.ts';
import { takeOverTables, type TakeOver, type TakeOverSteps } from './take-over.ts';

/** A set of migrations, and the database to apply it to. */
export interface MigrateOptions {
  /**
   * `postgresql://user:password@host:port/database` of an existing database. The core's tables are in the schema that
   * `?schema=name` names, and in `taskwire` without it.
   */
  databaseUrl: string;
  /** The PostgreSQL schema of the set's tables. It is created if it is missing. */
  schema: string;
  /** The folder of the migrations, in Prisma's layout: `<name>/migration.sql`, applied in the order of the names. */
  migrations: URL | string;
  /** The name of the set, which names its table of applied migrations: `_<name>_migrations`. Default: the schema's. */
  name?: string;
  /** Tables that exist without such a table. */
  takeOver?: TakeOver;
}

/** Result of a migration. */
export interface MigrateResult {
  /** The names of the migrations that were applied now, in order. Empty if none was pending. */
  applied: string[];
}

/**
 * Applies the pending migrations of a set, each in a transaction of its own. Statements find tables in the set's schema
 * first, then in the core's: foreign keys may refer to `"Task"` and `"Upload"`. Several processes may call it at once:
 * one migrates, the others wait.
 * @throws DatabaseUrlError if the address or `schema` names an unusable schema; MigrationError with a `code` for the
 * obstacle.
 */
export async function migrate(options: MigrateOptions, steps: TakeOverSteps = {}): Promise<MigrateResult> {
  const { databaseUrl, schema, name = schema, takeOver } = options;
  const migrations = await readMigrations(folderOf(options.migrations));
  return withMigrationSession(parseDatabaseUrl(databaseUrl, { schema }), async (session) => {
    const record = new MigrationRecord(session, name);
    if (takeOver !== undefined && !(await record.exists()))
      await takeOverTables(session, record, { ...takeOver, steps });
    if (!(await record.exists())) {
      await inTransaction(session, async () => {
        await ensureSchema(session, schema);
        await record.create();
      });
    }
    return { applied: await record.applyPending(migrations) };
  });
}

/**
 * Applies the pending migrations of the core's tables.
 * @param options.from The schema in which a version before 20261128 keeps the tables, usually `public`: they are moved.
 * @throws as `migrate` does; MigrationError `tables-elsewhere` if such tables are found and `from` does not name their
 * schema.
 */
export async function migrateDatabase({
  databaseUrl,
  from,
}: {
  databaseUrl: string;
  from?: string;
}): Promise<MigrateResult> {
  const { schema } = parseDatabaseUrl(databaseUrl);
  const takeOver = { ...EARLIER_TABLES, ...(from === undefined ? {} : { from }) };
  return migrate({ databaseUrl, schema, migrations: CORE_MIGRATIONS, name: 'taskwire', takeOver }, EARLIER_STEPS);
}

function folderOf(folder: URL | string): string {
  return typeof folder === 'string' ? folder : fileURLToPath(folder);
}
