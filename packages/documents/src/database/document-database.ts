import { createAdapter, parseDatabaseUrl, type DatabaseOptions } from '@taskwire/db';
import { PrismaClient, type Prisma } from '../generated/client.ts';

/** The schema of the tables of documents, unless the address names one for all tables. */
const DOCUMENT_SCHEMA = 'taskwire_documents';

/**
 * The typed access to the tables of documents. Raw statements find the core's tables too. Call `$disconnect()` at the end
 * to close the pool.
 */
export type DocumentDatabase = PrismaClient;

/** The client of a `$transaction` callback. PostgreSQL keeps all of its writes or none. */
export type DocumentTransaction = Prisma.TransactionClient;

/**
 * Makes the client for the tables of documents. It connects at the first query, as `createDatabase` of the core does.
 * @throws DatabaseUrlError if the address names an unusable schema.
 */
export function createDocumentDatabase(options: DatabaseOptions): DocumentDatabase {
  const schema = documentSchema(options.connectionString);
  return new PrismaClient({ adapter: createAdapter({ ...options, schema }), errorFormat: 'minimal' });
}

/** The PostgreSQL schema of the tables of documents: `taskwire_documents`, or the one that `?schema=` names. */
export function documentSchema(databaseUrl: string): string {
  return parseDatabaseUrl(databaseUrl).namedSchema ?? DOCUMENT_SCHEMA;
}
