import type { QueryRunner } from './statement-runner.ts';

/** A database that cannot hold every text. The message is one line with the remedy. */
export class DatabaseEncodingError extends Error {
  override readonly name = 'DatabaseEncodingError';
}

/**
 * Checks that the database holds text in UTF-8. Its locale does not matter.
 * @throws DatabaseEncodingError for another encoding; the error of the statement.
 */
export async function checkEncoding(database: QueryRunner): Promise<void> {
  const fault = await encodingFault(database);
  if (fault !== undefined) throw new DatabaseEncodingError(`PostgreSQL ${fault}`);
}

/** The problem with the database's encoding, as the end of a sentence about PostgreSQL. Undefined if there is none. */
export async function encodingFault(database: QueryRunner): Promise<string | undefined> {
  const [row] = await database.$queryRaw<{ name: string; encoding: string }[]>`
    SELECT current_database()::text AS name, current_setting('server_encoding') AS encoding`;
  if (row === undefined || row.encoding === 'UTF8') return undefined;
  return `has the database ${row.name} in the encoding ${row.encoding}, which cannot hold every text: make one by CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0, move the data with pg_dump, and set DATABASE_URL to it`;
}
