// Types of the published package, without a type of Prisma. At run time, the package also exports the names of index.ts,
// which the other packages of Taskwire use.
export { migrate, migrateDatabase } from './migrating/migrate.ts';
export type { MigrateOptions, MigrateResult } from './migrating/migrate.ts';
export { MigrationError } from './migrating/migration-error.ts';
export type { MigrationErrorCode } from './migrating/migration-error.ts';
export type { TakeOver } from './migrating/take-over.ts';
export { DatabaseUrlError, parseDatabaseUrl } from './connection/database-url.ts';

/**
 * The access to PostgreSQL. Other packages of Taskwire know more of it; a team only passes it on.
 */
export interface Database {
  /** Closes the pool. */
  $disconnect(): Promise<void>;
}
export type { Database as ArchivingClient, Database as HistoryReader, Database as SnapshotClient };
