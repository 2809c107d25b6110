import { parseDatabaseUrl } from '../connection/database-url.ts';
import { toMigrationError } from './engine-errors.ts';
import { withMigrationEngine } from './migration-engine.ts';
import { readMigrations } from '../migration-list.ts';
import { withMigrationLock } from './migration-lock.ts';

export interface MigrateOptions {
  /**
   * `postgresql://user:password@host:port/database`; the database must exist. `?schema=name` puts the tables into a schema
   * of that name, which is made if it is not there.
   */
  databaseUrl: string;
}

export interface MigrateResult {
  /** The names of the migrations applied now, in order; empty when all stood already. */
  applied: string[];
}

/**
 * Applies the pending migrations, as `prisma migrate deploy` does and into the same `_prisma_migrations` table, but
 * without a downloaded engine. Any number of processes may call it at once: one migrates, the others wait.
 *
 * @throws DatabaseUrlError if the address names no schema that can be used; MigrationError with a `code` that says what stands in the way
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
