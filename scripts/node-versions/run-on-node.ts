import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { printLine, Problem, step } from '@taskwire/dev-stack/programs';
import { searchPath } from '../env.ts';
import { runProgram } from '../lib/run-program.ts';
import { nodePackage, programFolder } from './node-package.ts';
import type { NodeVersionsOptions } from './options.ts';

export interface NodeRun {
  /** `v24.4.1` */
  version: string;
  passed: boolean;
}

/** Runs the gates and the tests on the newest release of a major version, which stands in a temporary folder meanwhile. */
export async function runOnNode(major: number, options: NodeVersionsOptions, signal: AbortSignal): Promise<NodeRun> {
  const folder = await mkdtemp(join(tmpdir(), `taskwire-node-${major}-`));
  try {
    const programs = await step(`Node ${major} from npm`, () => install(major, folder, signal));
    const environment = { PATH: `${programs}${delimiter}${searchPath}` };
    const version = await versionOf(environment, signal);
    if (!version.startsWith(`v${major}.`)) throw new Problem(`Node ${major} was asked for, and ${version} would run.`);
    printLine(`${options.isTestsOnly ? 'Tests' : 'Gates and tests'} on ${version}`);
    const script = options.isTestsOnly
      ? [join('node_modules', 'vitest', 'vitest.mjs'), 'run']
      : [join('scripts', 'run.mjs'), 'scripts/test.ts'];
    const { status } = await runProgram({
      command: 'node',
      arguments: [...script, ...options.vitest],
      environment,
      signal,
      output: 'show',
    });
    return { version, passed: status === 0 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @returns the folder that the node program is in */
async function install(major: number, folder: string, signal: AbortSignal): Promise<string> {
  const name = nodePackage(process.platform, process.arch);
  const commandLine = ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', `${name}@${major}`];
  const { status, output } = await runProgram({ command: 'npm', arguments: commandLine, signal });
  if (status !== 0) throw new Problem(`${name}@${major} could not be installed.`, { detail: output.trimEnd() });
  return programFolder(folder, name);
}

/** The Node version of a program that is started with an environment. */
async function versionOf(environment: Record<string, string>, signal: AbortSignal): Promise<string> {
  const { status, output } = await runProgram({
    command: 'node',
    arguments: ['-p', 'process.version'],
    environment,
    signal,
  });
  if (status !== 0) throw new Problem('The installed Node.js does not run.', { detail: output.trimEnd() });
  return output.trim();
}
