import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';

import { parseDatabaseUrl } from './database-url.ts';
import { PrismaClient, type Prisma } from '../generated/client.ts';
import { patientAdapter } from './patient-adapter.ts';

/** The typed access to PostgreSQL. Call `$disconnect()` at the end to close the pool. */
export type Database = PrismaClient;

/** The client of a `$transaction` callback. PostgreSQL keeps all of its writes or none. */
export type Transaction = Prisma.TransactionClient;

export interface DatabaseOptions {
  /** `postgresql://user:password@host:port/database`; `?schema=name` names the schema of the tables, instead of `taskwire`. */
  connectionString: string;
  /** Largest number of connections of this process. Default 10. */
  poolSize?: number;
  /** Longest wait (ms) for a free or a new connection. Default 10,000. */
  connectionTimeoutMs?: number;
  /**
   * Longest wait (ms) for the answer to a statement; after it, the statement's outcome is unknown. Default: no limit.
   */
  queryTimeoutMs?: number;
  /** Time (ms) for which an unused connection stays open. Default 30,000. */
  idleTimeoutMs?: number;
  /**
   * Longest time (ms) for which statements are retried while PostgreSQL is away. Statements within a transaction always
   * fail at once. Default 0: all fail at once.
   */
  patienceMs?: number;
  /** Shown in `pg_stat_activity`. Default `taskwire`. */
  applicationName?: string;
  /** Called for the loss of an idle connection, which the pool replaces. */
  onConnectionLost?: (error: Error) => void;
}

/**
 * Makes the client for a database. It connects at the first query, so that an unreachable server shows there, as a
 * `PrismaClientKnownRequestError` or `PrismaClientInitializationError`.
 * @throws DatabaseUrlError if the address names an unusable schema
 */
export function createDatabase(options: DatabaseOptions): Database {
  return new PrismaClient({ adapter: createAdapter(options), errorFormat: 'minimal' });
}

/**
 * Makes the driver of a Prisma client, for tables in the core's schema or in an extension's.
 * @param options.schema The schema of the extension's own tables; raw statements find the core's too.
 * @throws DatabaseUrlError if the address names an unusable schema
 */
export function createAdapter(options: DatabaseOptions & { schema?: string }): SqlDriverAdapterFactory {
  const { connectionString, schema } = parseDatabaseUrl(options.connectionString, options);
  const adapter = new PrismaPg(
    {
      connectionString,
      max: options.poolSize ?? 10,
      connectionTimeoutMillis: options.connectionTimeoutMs ?? 10_000,
      idleTimeoutMillis: options.idleTimeoutMs ?? 30_000,
      ...(options.queryTimeoutMs === undefined ? {} : { query_timeout: options.queryTimeoutMs }),
      application_name: options.applicationName ?? 'taskwire',
      keepAlive: true,
    },
    {
      schema,
      ...(options.onConnectionLost === undefined ? {} : { onPoolError: options.onConnectionLost }),
    },
  );
  const { patienceMs = 0 } = options;
  return patienceMs > 0 ? patientAdapter(adapter, patienceMs) : adapter;
}
