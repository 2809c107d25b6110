import { fileURLToPath } from 'node:url';
import type RedisBinary from 'redis-memory-server/lib/util/RedisBinary.js';
import { findProgram, isRoot, runCommand } from '../processes/commands.ts';
import type { Log } from '../log.ts';
import { findInstalledRedis, type RedisSearch } from './installed-program.ts';

/** Node gives the exports of a CommonJS module as the default of an import; tools for TypeScript give their `default`. */
interface ImportedBinary {
  default: typeof RedisBinary | { default: typeof RedisBinary };
}

function binaryOf({ default: imported }: ImportedBinary): typeof RedisBinary {
  return 'getPath' in imported ? imported : imported.default;
}

/** Folder inside the checkout, where the next start finds the program. */
const buildFolder = fileURLToPath(new URL('../../node_modules/.cache/redis', import.meta.url));

/**
 * Installs the distribution's Redis on Debian or Ubuntu, as root, and says so beforehand. The package is redis-tools: it
 * holds the same program as redis-server, without a service that would start and without a configuration.
 */
export async function installRedis(searchPath: string, log: Log): Promise<RedisSearch> {
  const aptGet = await findProgram(['apt-get'], searchPath);
  if (aptGet === undefined) {
    return { reason: 'there is no apt-get to install one with' };
  }
  if (!isRoot()) {
    return { reason: 'only root may install one with apt-get' };
  }
  log('No redis-server on PATH: installing the distribution’s with `apt-get install redis-tools` (starts no service)');
  const environment = { DEBIAN_FRONTEND: 'noninteractive' };
  const install = {
    program: aptGet,
    argumentList: ['install', '--yes', '--no-install-recommends', 'redis-tools'],
    environment,
  };
  let { succeeded, output } = await runCommand(install);
  if (!succeeded) {
    log('Reading the package lists first: `apt-get update`');
    await runCommand({ program: aptGet, argumentList: ['update'], environment });
    ({ succeeded, output } = await runCommand(install));
  }
  if (!succeeded) {
    return { reason: `apt-get could not install one: ${output.split('\n').at(-1) ?? ''}` };
  }
  const outcome = await findInstalledRedis(searchPath, log);
  return 'found' in outcome ? outcome : { reason: `after apt-get install redis-tools: ${outcome.reason}` };
}

/** Has `redis-memory-server` download Redis's source and build it: some minutes, once. */
export async function buildRedis(searchPath: string, log: Log): Promise<RedisSearch> {
  const make = await findProgram(['make'], searchPath);
  const compiler = await findProgram(['cc', 'gcc', 'clang'], searchPath);
  if (make === undefined || compiler === undefined) {
    return { reason: 'there is no make or no C compiler to build one with' };
  }
  log('No redis-server can be installed: building one from source with redis-memory-server (some minutes, once)');
  try {
    const binary = binaryOf(await import('redis-memory-server/lib/util/RedisBinary.js'));
    const program = await binary.getPath({ downloadDir: buildFolder, version: 'stable' });
    return { found: { program, calledAs: 'redis-server' } };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { reason: `redis-memory-server could not build one: ${reason}` };
  }
}
