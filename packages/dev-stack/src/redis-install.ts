import { isRoot } from './account.ts';
import { findProgram } from './find-program.ts';
import type { Log } from './log.ts';
import { findInstalledRedis } from './redis-installed.ts';
import type { RedisRung } from './redis-rung.ts';
import { runCommand } from './run-command.ts';

/**
 * Installs the distribution's Redis on Debian or Ubuntu, as root, and says so beforehand. The package is redis-tools, not
 * redis-server: it holds the same program, and neither a service that would be started nor any configuration.
 */
export async function installRedis(searchPath: string, log: Log): Promise<RedisRung> {
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
