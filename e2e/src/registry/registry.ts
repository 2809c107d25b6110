import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createTemporaryFolder } from '@taskwire/test-kit';
import getPort from 'get-port';
import { foreignEnvironment, runForeign } from './foreign-environment.ts';

/** A registry that is running, with all public packages of this workspace. */
export interface RunningRegistry {
  /** `http://127.0.0.1:…` */
  url: string;
  /** npm's settings of a user who installs from it and publishes to it. */
  settingsFile: string;
  close(): Promise<void>;
}

/** Our packages are never looked for elsewhere; all others come from the registry that npm is set to. */
const configuration = (folder: string, upstream: string): string => `
storage: ${folder}/storage
uplinks:
  upstream: { url: '${upstream}', timeout: 60s }
packages:
  '@taskwire/*': { access: $all, publish: $all }
  create-taskwire: { access: $all, publish: $all }
  '**': { access: $all, proxy: upstream }
max_body_size: 200mb
web: { enable: false }
log: { type: stdout, format: pretty, level: warn }
`;

/**
 * Starts Verdaccio on loopback, with a storage of its own.
 * @throws Error with its output if it does not start
 */
export async function startRegistry(): Promise<RunningRegistry> {
  const folder = await createTemporaryFolder('registry');
  const url = `http://127.0.0.1:${await getPort()}`;
  const settingsFile = join(folder.path, 'npmrc');
  // npm publishes with a token only; this registry accepts any.
  await writeFile(settingsFile, `registry=${url}/\n${url.replace('http:', '')}/:_authToken=run\n`);
  await writeFile(join(folder.path, 'config.yaml'), configuration(folder.path, await upstreamUrl()));
  const process = startVerdaccio(folder.path, url);
  await answered(url, process, join(folder.path, 'log'));
  const close = async (): Promise<void> => {
    await stop(process);
    await folder.remove();
  };
  return { url, settingsFile, close };
}

async function upstreamUrl(): Promise<string> {
  const printed = await runForeign({ command: 'npm', arguments: ['config', 'get', 'registry'] });
  return printed.trim();
}

function startVerdaccio(folder: string, url: string): ChildProcess {
  const program = join(createRequire(import.meta.url).resolve('verdaccio/package.json'), '..', 'bin', 'verdaccio');
  const commandLine = [program, '--config', join(folder, 'config.yaml'), '--listen', url];
  const log = openSync(join(folder, 'log'), 'a');
  return spawn(process.execPath, commandLine, { env: foreignEnvironment(), stdio: ['ignore', log, log] });
}

async function answered(url: string, process: ChildProcess, log: string): Promise<void> {
  while (
    !(await fetch(`${url}/-/ping`).then(
      (response) => response.ok,
      () => false,
    ))
  ) {
    if (process.exitCode !== null) throw new Error(`the registry ended:\n${await readFile(log, 'utf8')}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function stop(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const exited = once(process, 'exit');
  process.kill('SIGTERM');
  await exited;
}
