/**
 * - `unreachable`: no connection to the server, or the database or login is refused
 * - `no-migrations`: the folder of the migrations cannot be read
 * - `tables-elsewhere`: an earlier version keeps its tables in another schema
 * - `tables-in-use`: other processes use the tables that are to be moved
 * - `not-permitted`: the account may not make the schema or change the tables
 * - `earlier-migration-failed`: a migration of an earlier version failed and was not resolved
 * - `name-taken`: the schema holds a table, index or type, usually another program's, under a name that the migration needs
 * - `migration-failed`: a migration's SQL failed; nothing of that migration was kept
 */
export type MigrationErrorCode =
  | 'unreachable'
  | 'no-migrations'
  | 'tables-elsewhere'
  | 'tables-in-use'
  | 'not-permitted'
  | 'earlier-migration-failed'
  | 'name-taken'
  | 'migration-failed';

/** Failure of a migration. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
  readonly code: MigrationErrorCode;

  constructor(code: MigrationErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const NAME_TAKEN: [MigrationErrorCode, remedy: string] = [
  'name-taken',
  '; if another program made it, give these tables a schema of their own: DATABASE_URL=…?schema=name',
];

// PostgreSQL's codes: https://www.postgresql.org/docs/current/errcodes-appendix.html
const codes = new Map<unknown, [MigrationErrorCode, remedy: string]>([
  ['42501', ['not-permitted', '; let the owner of the database run CREATE SCHEMA … AUTHORIZATION this user']],
  ['55P03', ['tables-in-use', '; stop all api and worker processes, then migrate again']],
  ['42P07', NAME_TAKEN],
  ['42710', NAME_TAKEN],
]);

/** Turns an error of PostgreSQL into a `MigrationError`. */
export function toMigrationError(error: unknown, migration?: string): MigrationError {
  if (error instanceof MigrationError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const [ours, remedy] = codes.get(code) ?? ['migration-failed', ''];
  const reason = error instanceof Error ? error.message : String(error);
  const where = migration === undefined ? '' : `${migration}: `;
  return new MigrationError(ours, `The database cannot be migrated: ${where}${reason.trim()}${remedy}`, {
    cause: error,
  });
}
