import { join } from 'node:path';

import { DevStackError } from './dev-stack-error.ts';
import { logTail, silentLog } from './log.ts';
import type { Log } from './log.ts';
import { withConnection } from './postgres/connection.ts';
import { startPostgres } from './postgres/start-postgres.ts';
import { startRedis } from './redis/start-redis.ts';

export interface DevStackOptions {
  /** Folder of the servers' data, logs and locks; made if absent. */
  dataDirectory: string;
  /** A PostgreSQL to use in place of an own one. Never stopped. */
  databaseUrl?: string | undefined;
  /** A Redis to use in place of an own one. Never stopped. */
  redisUrl?: string | undefined;
  /** Default true. False for data that need not survive a crash: faster. */
  durable?: boolean;
  /** Receives one line for each step. */
  log?: Log;
}

export interface DevStack {
  databaseUrl: string;
  redisUrl: string;
  /** Rejects with a DevStackError if a server that was started here ends before `stop`; never resolves. */
  failure: Promise<never>;
  /** Stops the servers that were started here, in order. May be called again. */
  stop: () => Promise<void>;
}

interface Server {
  url: string;
  failure: Promise<never>;
  stop: () => Promise<void>;
}

/**
 * Starts PostgreSQL and Redis in parallel. If one fails, the other is stopped.
 *
 * @throws DevStackError with a `code` and a `remedy`
 */
export async function startDevStack(options: DevStackOptions): Promise<DevStack> {
  const log = options.log ?? silentLog;
  const bringingUp = [bringUpPostgres(options, log), bringUpRedis(options, log)] as const;
  const [postgres, redis] = await Promise.all(bringingUp).catch(async (error: unknown) => {
    const outcomes = await Promise.allSettled(bringingUp);
    const started = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    await Promise.all(started.map((server) => server.stop()));
    throw error;
  });
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= Promise.all([postgres.stop(), redis.stop()]).then(() => undefined);
    return stopping;
  };
  const failure = Promise.race([postgres.failure, redis.failure]);
  failure.catch(() => undefined);
  return { databaseUrl: postgres.url, redisUrl: redis.url, failure, stop };
}

async function bringUpPostgres(options: DevStackOptions, log: Log): Promise<Server> {
  const { databaseUrl, dataDirectory, durable = true } = options;
  if (databaseUrl !== undefined) {
    await requireDatabase(databaseUrl);
    log('PostgreSQL: the one that DATABASE_URL names');
    return { url: databaseUrl, failure: new Promise(() => undefined), stop: () => Promise.resolve() };
  }
  const postgres = await startPostgres({ dataDirectory, durable, log });
  log(`PostgreSQL: an own one, ${hostOf(postgres.databaseUrl)}`);
  const failure = failureOf(postgres, { code: 'postgres-failed', logFile: join(dataDirectory, 'postgres.log') });
  return { url: postgres.databaseUrl, failure, stop: () => postgres.stop() };
}

async function bringUpRedis(options: DevStackOptions, log: Log): Promise<Server> {
  const { redisUrl, dataDirectory, durable = true } = options;
  const redis = await startRedis({ dataDirectory, redisUrl, durable, log });
  log(redisUrl === undefined ? `Redis: an own one, ${hostOf(redis.redisUrl)}` : 'Redis: the one that REDIS_URL names');
  const failure = failureOf(redis, { code: 'redis-failed', logFile: join(dataDirectory, 'redis.log') });
  return { url: redis.redisUrl, failure, stop: () => redis.stop() };
}

/** Rejects if the server ends by itself. */
function failureOf(
  { exitedByItself }: { exitedByItself: Promise<string> },
  { code, logFile }: { code: 'postgres-failed' | 'redis-failed'; logFile: string },
): Promise<never> {
  const name = code === 'redis-failed' ? 'Redis' : 'PostgreSQL';
  const failure = exitedByItself.then(async (how): Promise<never> => {
    throw new DevStackError(code, {
      message: `${name} ended by itself (${how}). The end of ${logFile}:\n${await logTail(logFile)}`,
      remedy: 'Start again: the data are kept.',
    });
  });
  // It may reject before its caller listens.
  failure.catch(() => undefined);
  return failure;
}

async function requireDatabase(databaseUrl: string): Promise<void> {
  try {
    await withConnection(databaseUrl, (client) => client.query('SELECT 1'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DevStackError('database-unreachable', {
      message: `The PostgreSQL that DATABASE_URL names does not answer (${reason}).`,
      remedy: 'Start it, mend DATABASE_URL, or leave it out: then Taskwire starts a PostgreSQL of its own.',
      cause: error,
    });
  }
}

function hostOf(url: string): string {
  return new URL(url).host;
}
