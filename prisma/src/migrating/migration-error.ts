/**
 * - `unreachable`: no connection to the server, or the database or login is refused
 * - `no-migrations`: the package lacks its migrations folder
 * - `database-not-empty`: the database has tables that none of these migrations made
 * - `earlier-migration-failed`: an earlier migration failed and was not resolved (`prisma migrate resolve`)
 * - `migration-failed`: a migration's SQL failed now, or the engine refused
 */
export type MigrationErrorCode =
  'unreachable' | 'no-migrations' | 'database-not-empty' | 'earlier-migration-failed' | 'migration-failed';

/** Failure of a migration. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
  readonly code: MigrationErrorCode;

  constructor(code: MigrationErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

// Prisma's error codes: https://www.prisma.io/docs/orm/reference/error-reference
const codes = new Map<unknown, MigrationErrorCode>([
  ['P1000', 'unreachable'],
  ['P1001', 'unreachable'],
  ['P1002', 'unreachable'],
  ['P1003', 'unreachable'],
  ['P1010', 'unreachable'],
  ['P3005', 'database-not-empty'],
  ['P3009', 'earlier-migration-failed'],
]);

/** Turns an error of the schema engine into a `MigrationError`. */
export function toMigrationError(error: unknown): MigrationError {
  if (error instanceof MigrationError) {
    return error;
  }
  const engineCode = error instanceof Error && 'code' in error ? error.code : undefined;
  const reason = error instanceof Error ? error.message : String(error);
  return new MigrationError(
    codes.get(engineCode) ?? 'migration-failed',
    `The database cannot be migrated: ${reason.trim()}`,
    { cause: error },
  );
}
