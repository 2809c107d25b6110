import { fileURLToPath } from 'node:url';

import { findProgram } from './find-program.ts';
import type { Log } from './log.ts';
import type { RedisRung } from './redis-rung.ts';

// Inside the checkout, where the next start finds it.
const buildFolder = fileURLToPath(new URL('../node_modules/.cache/redis', import.meta.url));

/** Has `redis-memory-server` download Redis's source and build it: some minutes, once. */
export async function buildRedis(searchPath: string, log: Log): Promise<RedisRung> {
  const make = await findProgram(['make'], searchPath);
  const compiler = await findProgram(['cc', 'gcc', 'clang'], searchPath);
  if (make === undefined || compiler === undefined) {
    return { reason: 'there is no make or no C compiler to build one with' };
  }
  log('No redis-server can be installed: building one from source with redis-memory-server (some minutes, once)');
  try {
    const { default: RedisBinary } = await import('redis-memory-server/lib/util/RedisBinary.js');
    const program = await RedisBinary.getPath({ downloadDir: buildFolder, version: 'stable' });
    return { found: { program, calledAs: 'redis-server' } };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { reason: `redis-memory-server could not build one: ${reason}` };
  }
}
