import { encodingFault } from './check-encoding.ts';
import type { StatementRunner } from './statement-runner.ts';

/** Faults that prevent writes, by PostgreSQL's code (SQLSTATE). */
const FAULTS: Readonly<Record<string, string>> = {
  '25006': 'is read-only: DATABASE_URL must lead to the primary, and default_transaction_read_only must be off',
  '42501': 'refuses the user of DATABASE_URL a right on the table "Task": grant it SELECT, INSERT, UPDATE and DELETE',
  '42P01': 'has not the tables of this version: run the migrations (db:migrate)',
  '42703': 'has not the columns of this version: run the migrations (db:migrate)',
  '53100': 'has a full disk',
  '3D000': 'has no database of the name in DATABASE_URL',
  '28P01': 'refuses the password in DATABASE_URL',
  '28000': 'refuses the user of DATABASE_URL',
};

/**
 * Asks PostgreSQL for the writes of a create, on no row.
 * @returns the obstacle, as the end of a sentence about PostgreSQL; undefined if there is none.
 * @throws the statement's error, unless it is a refusal of the write.
 */
export async function checkWritable(database: StatementRunner): Promise<string | undefined> {
  try {
    const fault = await encodingFault(database);
    if (fault !== undefined) return fault;
    await database.$executeRaw`
      WITH changed AS (UPDATE "Task" SET percent = percent WHERE false), deleted AS (DELETE FROM "Task" WHERE false)
      INSERT INTO "TaskUpload" ("taskId", "uploadId") SELECT id, id FROM "Task" WHERE false`;
    return undefined;
  } catch (error) {
    const fault = Object.keys(FAULTS).find((code) => codesOf(error, 6).includes(code));
    if (fault === undefined) throw error;
    return FAULTS[fault];
  }
}

/** The codes of an error and of its causes. */
function codesOf(error: unknown, depth: number): unknown[] {
  if (typeof error !== 'object' || error === null || depth === 0) return [];
  const inner = ['cause', 'meta', 'driverAdapterError'].map((name): unknown => Reflect.get(error, name));
  const own = ['code', 'originalCode'].map((name): unknown => Reflect.get(error, name));
  return [...own, ...inner.flatMap((cause) => codesOf(cause, depth - 1))];
}
