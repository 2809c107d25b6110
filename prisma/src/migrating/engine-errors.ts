import { MigrationError } from './migration-error.ts';
import type { MigrationErrorCode } from './migration-error.ts';

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

/** Turns what the schema engine throws into the error that this package promises. */
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
