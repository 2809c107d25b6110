/**
 * - `unreachable`: no connection to the server, or the database or login is refused
 * - `no-migrations`: the package lacks its migrations folder
 * - `database-not-empty`: tables stand there that no migration of ours made
 * - `earlier-migration-failed`: a migration failed before and was not resolved (`prisma migrate resolve`)
 * - `migration-failed`: a migration's SQL failed now, or the engine refused
 */
export type MigrationErrorCode =
  'unreachable' | 'no-migrations' | 'database-not-empty' | 'earlier-migration-failed' | 'migration-failed';

/** Why a database could not be migrated. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
  readonly code: MigrationErrorCode;

  constructor(code: MigrationErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
