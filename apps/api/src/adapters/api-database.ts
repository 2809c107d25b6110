import type { Database } from '@taskwire/db';
import { translateDatabaseError } from './database-errors.ts';

/** The same database, whose errors are ones that a caller may see wherever one exists for them. */
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
 * Waits for a transaction. Its own failures (begin, commit, time limit), which no query reports, become errors that a
 * caller may see.
 */
export async function translated<Result>(transaction: Promise<Result>): Promise<Result> {
  try {
    return await transaction;
  } catch (error) {
    throw translateDatabaseError(error);
  }
}

/** What the adapters query. */
export type ApiDatabase = ReturnType<typeof withTranslatedErrors>;
