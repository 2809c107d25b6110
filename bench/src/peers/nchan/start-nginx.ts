import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { watchOver } from '@taskwire/dev-stack';
import getPort from 'get-port';
import { childEnvironment, temporaryFolder } from '../../env.ts';
import { SERVER_CORE, pinnedCommand } from '../../measure/pinning.ts';
import { configuration } from './configuration.ts';
import type { Nchan } from './module.ts';

const START_TIMEOUT_MS = 10_000;
const LOOK_MS = 20;

export interface Nginx {
  port: number;
  processId: number;
  stop: () => Promise<void>;
}

/** Starts nginx with nchan on a free port, on the servers' core. @throws Error with its own words if it does not serve. */
export async function startNginx({ program, module }: Nchan): Promise<Nginx> {
  const folder = await mkdtemp(join(temporaryFolder(), 'taskwire-nchan-'));
  // Its worker is another user if root starts it.
  await chmod(folder, 0o755);
  const port = await getPort({ host: '127.0.0.1' });
  const settings = join(folder, 'nginx.conf');
  await writeFile(settings, configuration({ module, port, folder }));
  const [command, ...words] = pinnedCommand(SERVER_CORE, [program, '-p', folder, '-c', settings]);
  const child = spawn(command, words, { env: childEnvironment({}), stdio: 'ignore' });
  await once(child, 'spawn');
  child.once('exit', watchOver(child.pid ?? 0, 'SIGTERM'));
  const stop = async () => {
    await end(child);
    await rm(folder, { recursive: true, force: true });
  };
  if (await serves(child, port)) return { port, processId: child.pid ?? 0, stop };
  const complaints = await readFile(join(folder, 'error.log'), 'utf8').catch(() => '');
  await stop();
  throw new Error(`nginx does not serve: ${complaints}`);
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

async function serves(child: ChildProcess, port: number): Promise<boolean> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (isRunning(child) && performance.now() < deadline) {
    const answered = await fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    );
    if (answered) return true;
    await delay(LOOK_MS);
  }
  return false;
}

/** Its worker ends with it; a kill at once would leave the worker. */
async function end(child: ChildProcess): Promise<void> {
  if (!isRunning(child)) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}
