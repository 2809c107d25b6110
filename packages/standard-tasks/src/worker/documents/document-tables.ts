import type { DocumentDatabase } from '@taskwire/documents';
import type { Logger } from 'pino';

const REMEDY =
  'set "taskwire": { "extensions": ["@taskwire/standard-tasks"] } in package.json, and run `npx taskwire migrate`';

/** Logs an error with the remedy if the database has no tables of documents. A PostgreSQL that is away is no reason. */
export async function logMissingTables(documents: DocumentDatabase, logger: Logger): Promise<void> {
  const rows = await documents.$queryRaw<{ isThere: boolean }[]>`
    SELECT to_regclass('"DocumentChunk"') IS NOT NULL AS "isThere"`.catch(() => []);
  if (rows[0]?.isThere === false) logger.error(`postgres has not the tables of documents: ${REMEDY}`);
}
