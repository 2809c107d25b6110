import type { Database } from '@taskwire/db';
import { translateDatabaseError } from './database-errors.ts';

/** The same database; its errors become errors that a caller may see, where one exists. */
export function withTranslatedErrors(database: Database) {
  return database.$extends({
    query: { $allOperations: ({ args, query }) => translated<unknown>(query(args)) },
  });
}

/**
 * Waits for a transaction. No query reports the failures of its begin, its commit and its time limit: they are translated
 * here.
 */
export async function translated<Result>(transaction: PromiseLike<Result>): Promise<Result> {
  try {
    return await transaction;
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

/** The database of the adapters. */
export type ApiDatabase = ReturnType<typeof withTranslatedErrors>;
