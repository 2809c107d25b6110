import type { Database } from '@taskwire/db';
import { translateDatabaseError } from './database-errors.ts';

/** The same database; its errors become errors that a caller may see, where one exists. */
export function withTranslatedErrors(database: Database) {
  return database.$extends({
    query: {
      async $allOperations({ args, query }) {
        try {
          const result: unknown = await query(args);
          return result;
        } catch (error) {
          throw translateDatabaseError(error);
        }
      },
    },
  });
}

/**
 * Waits for a transaction. No query reports the failures of its begin, its commit and its time limit: they are translated
 * here.
 */
export async function translated<Result>(transaction: Promise<Result>): Promise<Result> {
  try {
    return await transaction;
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

/** The database of the adapters. */
export type ApiDatabase = ReturnType<typeof withTranslatedErrors>;
