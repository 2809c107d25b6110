import { createDocumentDatabase, type DocumentDatabase } from '@taskwire/documents';
import { translateDatabaseError } from '@taskwire/server';

/** Longest time (ms) for a new connection to PostgreSQL. */
const CONNECT_TIMEOUT_MS = 3_000;
/** Longest time (ms) of a query. A frozen PostgreSQL keeps its connections open and never answers. */
const QUERY_TIMEOUT_MS = 10_000;

/** Settings of the client. */
export interface DocumentClientSettings {
  databaseUrl: string;
  /** Called for the loss of an idle connection, which the pool replaces. */
  onConnectionLost: (error: Error) => void;
}

/** Opens the database of documents; its errors become errors that a caller may see, where one exists. */
export function openDocumentClient({ databaseUrl, onConnectionLost }: DocumentClientSettings) {
  return withTranslatedErrors(
    createDocumentDatabase({
      connectionString: databaseUrl,
      connectionTimeoutMs: CONNECT_TIMEOUT_MS,
      queryTimeoutMs: QUERY_TIMEOUT_MS,
      applicationName: 'taskwire-documents',
      onConnectionLost,
    }),
  );
}

function withTranslatedErrors(documents: DocumentDatabase) {
  return documents.$extends({
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

/** The database of the store. */
export type DocumentClient = ReturnType<typeof openDocumentClient>;
