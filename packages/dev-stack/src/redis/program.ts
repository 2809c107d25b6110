import { DevStackError } from '../dev-stack-error.ts';
import { searchPath as environmentSearchPath } from '../env.ts';
import { silentLog } from '../log.ts';
import type { Log } from '../log.ts';
import { buildRedis, installRedis } from './new-program.ts';
import { findInstalledRedis } from './installed-program.ts';
import type { RedisProgram } from './installed-program.ts';

export interface RedisProgramOptions {
  /** Default: `PATH`. */
  searchPath?: string;
  log?: Log;
}

/**
 * Finds a Redis server to run, the first that serves: one that is installed; else the distribution's, installed now
 * (Debian and Ubuntu, as root); else one that `redis-memory-server` builds from source.
 *
 * @throws DevStackError `redis-unavailable`, naming what was tried and the three ways out
 */
export async function findRedisProgram(options: RedisProgramOptions = {}): Promise<RedisProgram> {
  const searchPath = options.searchPath ?? environmentSearchPath();
  const log = options.log ?? silentLog;
  const reasons: string[] = [];
  for (const search of [findInstalledRedis, installRedis, buildRedis]) {
    const outcome = await search(searchPath, log);
    if ('found' in outcome) {
      return outcome.found;
    }
    reasons.push(`  - ${outcome.reason}`);
  }
  throw new DevStackError('redis-unavailable', {
    message: `No Redis can be had here:\n${reasons.join('\n')}`,
    remedy: [
      'Any one of these helps:',
      '  1. install redis-server 6.2 or newer (or valkey-server), so that it stands on PATH',
      '  2. set REDIS_URL to a Redis of your own',
      '  3. install a C toolchain (make and cc), with network access: then Redis is built here',
    ].join('\n'),
  });
}
