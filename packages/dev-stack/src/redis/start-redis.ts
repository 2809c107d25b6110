import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { lockData, prepareDataDirectory } from '../data/data-folder.ts';
import { DevStackError } from '../dev-stack-error.ts';
import { endLeftover, identifyLeftover } from '../processes/leftover.ts';
import { silentLog } from '../log.ts';
import type { Log } from '../log.ts';
import { pingRedis } from './connection.ts';
import { ensureRedisLogin } from './configuration.ts';
import { findRedisProgram } from './program.ts';
import { startRedisServer } from './server.ts';
import type { RedisServer } from './server.ts';

export interface RedisOptions {
  /** Made if absent. A second start with the same folder finds the same data. */
  dataDirectory: string;
  /** A Redis to use in place of an own one, which must answer. */
  redisUrl?: string | undefined;
  /** Default true: every write survives a crash. False keeps nothing. */
  durable?: boolean;
  /** Folders in which programs are searched. Default: `PATH`. */
  searchPath?: string;
  log?: Log;
}

export interface RunningRedis {
  /** With the password, if it is an own one. */
  redisUrl: string;
  /** Resolves with the cause if an own server exits before a `stop`; else never. */
  exitedByItself: Promise<string>;
  /** Stops the server in order, if it is an own one. May be called again. */
  stop: () => Promise<void>;
}

/**
 * Uses the given Redis, or starts one of its own on 127.0.0.1 (`findRedisProgram`). Its clients need the password in the
 * data folder.
 *
 * @throws DevStackError `redis-unreachable`, `data-directory-unwritable`, `already-running`, `redis-unavailable` or
 *   `redis-failed`
 */
export async function startRedis(options: RedisOptions): Promise<RunningRedis> {
  if (options.redisUrl !== undefined) {
    return await useGivenRedis(options.redisUrl);
  }
  await prepareDataDirectory(options.dataDirectory);
  const lock = await lockData(options.dataDirectory, 'redis');
  try {
    const { server, redisUrl } = await startUnderLock(options);
    const stop = async () => {
      await server.stop();
      await lock.release();
    };
    return { redisUrl, exitedByItself: server.exitedByItself, stop };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function useGivenRedis(redisUrl: string): Promise<RunningRedis> {
  try {
    await pingRedis(redisUrl);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DevStackError('redis-unreachable', {
      message: `The Redis that REDIS_URL names does not answer (${reason}).`,
      remedy: 'Start it, mend REDIS_URL, or leave REDIS_URL out: then Taskwire starts a Redis of its own.',
      cause: error,
    });
  }
  return { redisUrl, exitedByItself: new Promise(() => undefined), stop: () => Promise.resolve() };
}

async function startUnderLock(options: RedisOptions): Promise<RedisServer> {
  const log = options.log ?? silentLog;
  const folder = join(options.dataDirectory, 'redis');
  const note = join(options.dataDirectory, 'redis.process');
  const redis = await findRedisProgram({
    log,
    ...(options.searchPath === undefined ? {} : { searchPath: options.searchPath }),
  });
  await clearRedisLeftover(note, log);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const running = await startRedisServer({
    redis,
    folder,
    portFile: join(options.dataDirectory, 'redis.port'),
    logFile: join(options.dataDirectory, 'redis.log'),
    durable: options.durable ?? true,
    login: await ensureRedisLogin(options.dataDirectory),
  });
  await writeFile(note, `${running.server.processId} 127.0.0.1:${running.port}\n`);
  return running;
}

/** Stops the server of a killed run: two servers would spoil the same files. Call it only under the data lock. */
async function clearRedisLeftover(note: string, log: Log): Promise<void> {
  const content = await readFile(note, 'utf8').catch(() => '');
  const [processId, address] = content.trim().split(' ');
  if (processId === undefined || address === undefined) {
    return;
  }
  // A running Redis shows its address in its command line.
  const candidate = { processId: Number(processId), marks: ['-server', address] };
  if ((await identifyLeftover(candidate)) === 'ours') {
    log(`Stopping the Redis that an earlier run left behind (process ${processId})`);
    await endLeftover(candidate, 'SIGTERM');
  }
}
