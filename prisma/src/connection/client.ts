import { PrismaPg } from '@prisma/adapter-pg';

import { parseDatabaseUrl } from './database-url.ts';
import { PrismaClient, type Prisma } from '../generated/client.ts';
import { patientAdapter } from './patient-adapter.ts';

/** The typed access to PostgreSQL. Call `$disconnect()` when done: it closes the pool. */
export type Database = PrismaClient;

/** The client that `$transaction` passes to its callback; PostgreSQL keeps all of its writes or none. */
export type Transaction = Prisma.TransactionClient;

export interface DatabaseOptions {
  /** `postgresql://user:password@host:port/database`; `?schema=name` names the schema of the tables. */
  connectionString: string;
  /** How many connections this process may hold at most. Default 10. */
  poolSize?: number;
  /** How long to wait for a free or a new connection before failing, in milliseconds. Default 10,000. */
  connectionTimeoutMs?: number;
  /**
   * How long to wait for the answer to a statement before failing, in milliseconds; whether it was done is then unknown.
   * Default: for ever.
   */
  queryTimeoutMs?: number;
  /** How long an unused connection stays open, in milliseconds. Default 30,000. */
  idleTimeoutMs?: number;
  /**
   * How long statements wait and are sent again while PostgreSQL is away, in milliseconds; those of a transaction that has
   * begun fail at once all the same. Default 0: they fail at once.
   */
  patienceMs?: number;
  /** Shown in `pg_stat_activity`. Default `taskwire`. */
  applicationName?: string;
  /** Told about the loss of an idle connection; the pool replaces it by itself. */
  onConnectionLost?: (error: Error) => void;
}

/**
 * Makes the client for a database. It connects at the first query, so an unreachable server shows there, as a
 * `PrismaClientKnownRequestError` or `PrismaClientInitializationError`.
 *
 * @throws DatabaseUrlError if the address names no schema that can be used
 */
export function createDatabase(options: DatabaseOptions): Database {
  const { connectionString, schema } = parseDatabaseUrl(options.connectionString);
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
      ...(schema === undefined ? {} : { schema }),
      ...(options.onConnectionLost === undefined ? {} : { onPoolError: options.onConnectionLost }),
    },
  );
  const { patienceMs = 0 } = options;
  const chosen = patienceMs > 0 ? patientAdapter(adapter, patienceMs) : adapter;
  return new PrismaClient({ adapter: chosen, errorFormat: 'minimal' });
}
