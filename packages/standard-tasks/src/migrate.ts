import type { MigrateResult } from '@taskwire/db';
import { migrateDocuments } from '@taskwire/documents';

/**
 * Applies the pending migrations of the tables of the standard tasks, after those of the core. `taskwire migrate` calls it.
 * @param options.from The schema in which a version before 20261128 keeps the tables, usually `public`: they are moved.
 * @throws DatabaseUrlError; MigrationError with a `code` for the obstacle.
 */
export async function migrate(options: { databaseUrl: string; from?: string }): Promise<MigrateResult> {
  return migrateDocuments(options);
}
