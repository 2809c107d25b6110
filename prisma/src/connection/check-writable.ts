import { encodingFault } from './check-encoding.ts';
import { connectionRefusal, refusalIn } from './connection-refusal.ts';
import type { StatementRunner } from './statement-runner.ts';

/** Faults that prevent writes over a connection, by PostgreSQL's code (SQLSTATE). */
const FAULTS: Readonly<Record<string, string>> = {
  '25006': 'is read-only: DATABASE_URL must lead to the primary, and default_transaction_read_only must be off',
  '42501': 'refuses the user of DATABASE_URL a right on the table "Task": grant it SELECT, INSERT, UPDATE and DELETE',
  '42P01':
    'has not the tables of this version: run the migrations by `npx taskwire migrate` (in the repository of Taskwire: db:migrate)',
  '42703':
    'has not the columns of this version: run the migrations by `npx taskwire migrate` (in the repository of Taskwire: db:migrate)',
  '53100': 'has a full disk',
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
    const fault = connectionRefusal(error) ?? refusalIn(FAULTS, error);
    if (fault === undefined) throw error;
    return fault;
  }
}
