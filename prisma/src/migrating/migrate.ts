import { parseDatabaseUrl } from '../connection/database-url.ts';
import { withMigrationEngine } from './migration-engine.ts';
import { readMigrations } from '../migration-list.ts';
import { withMigrationLock } from './migration-lock.ts';
import { toMigrationError } from './migration-error.ts';

export interface MigrateOptions {
  /**
   * `postgresql://user:password@host:port/database` of an existing database. `?schema=name` puts the tables into that
   * schema, and creates it if it is missing.
   */
  databaseUrl: string;
}

export interface MigrateResult {
  /** The names of the migrations that were applied now, in order. Empty if none was pending. */
  applied: string[];
}

/**
 * Applies the pending migrations, like `prisma migrate deploy` and into the same `_prisma_migrations` table, but
 * without a downloaded engine. Several processes may call it at once: one migrates, the others wait.
 * @throws DatabaseUrlError if the address names an unusable schema; MigrationError with a `code` for the obstacle
 */
export async function migrateDatabase({ databaseUrl }: MigrateOptions): Promise<MigrateResult> {
  const migrationsList = await readMigrations();
  const filters = { externalTables: [], externalEnums: [] };
  const address = parseDatabaseUrl(databaseUrl);
  try {
    const { appliedMigrationNames } = await withMigrationLock(address, () =>
      withMigrationEngine(address, (engine) => engine.applyMigrations({ migrationsList, filters })),
    );
    return { applied: appliedMigrationNames };
  } catch (error) {
    throw toMigrationError(error);
  }
}
