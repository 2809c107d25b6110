import { PrismaPg } from '@prisma/adapter-pg';

import { PrismaClient } from './generated/client.ts';

/** The typed access to PostgreSQL. Call `$disconnect()` when done: it closes the pool. */
export type Database = PrismaClient;

export interface DatabaseOptions {
  /** `postgresql://user:password@host:port/database` */
  connectionString: string;
  /** How many connections this process may hold at most. Default 10. */
  poolSize?: number;
  /** How long to wait for a free or a new connection before failing, in milliseconds. Default 10,000. */
  connectionTimeoutMs?: number;
  /** How long an unused connection stays open, in milliseconds. Default 30,000. */
  idleTimeoutMs?: number;
  /** Shown in `pg_stat_activity`. Default `taskwire`. */
  applicationName?: string;
  /** Told about the loss of an idle connection; the pool replaces it by itself. */
  onConnectionLost?: (error: Error) => void;
}

/**
 * Makes the client for a database. It connects at the first query, so an unreachable server shows there, as a
 * `PrismaClientKnownRequestError` or `PrismaClientInitializationError`.
 */
export function createDatabase(options: DatabaseOptions): Database {
  const adapter = new PrismaPg(
    {
      connectionString: options.connectionString,
      max: options.poolSize ?? 10,
      connectionTimeoutMillis: options.connectionTimeoutMs ?? 10_000,
      idleTimeoutMillis: options.idleTimeoutMs ?? 30_000,
      application_name: options.applicationName ?? 'taskwire',
      keepAlive: true,
    },
    options.onConnectionLost === undefined ? {} : { onPoolError: options.onConnectionLost },
  );
  return new PrismaClient({ adapter, errorFormat: 'minimal' });
}
