import { printLine, Problem } from '@taskwire/dev-stack/programs';
import { chromiumPath } from '../env.ts';
import { findProgram, isExecutable } from '../lib/repository.ts';
import { runProgram } from '../lib/run-program.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/**
 * Finds the browser that tests drive; as root on Debian or Ubuntu installs it if there is none.
 * @returns its path
 * @throws Problem that names the ways to get one
 */
export async function ensureChromium(): Promise<string> {
  if (chromiumPath !== undefined) return requireExecutable(chromiumPath);
  const found = await findChromium();
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && (await findProgram('apt-get')) !== undefined) await install();
  const installed = await findChromium();
  if (installed !== undefined) return installed;
  throw new Problem('There is no Chromium, which the browser tests need.', {
    remedy: 'Install it (on Debian: `sudo apt-get install chromium`), or name one with CHROMIUM_PATH.',
  });
}

async function requireExecutable(path: string): Promise<string> {
  if (await isExecutable(path)) return path;
  throw new Problem(`CHROMIUM_PATH names ${path}, which is no program.`, {
    remedy: 'Correct it, or leave it out to have Chromium looked for.',
  });
}

async function findChromium(): Promise<string | undefined> {
  for (const name of NAMES) {
    const path = await findProgram(name);
    if (path !== undefined) return path;
  }
  return undefined;
}

async function install(): Promise<void> {
  printLine('No Chromium here: installing the distribution’s with `apt-get install chromium`');
  const environment = { DEBIAN_FRONTEND: 'noninteractive' };
  await runProgram({ command: 'apt-get', arguments: ['-qq', 'update'], environment });
  const commandLine = ['-qq', '-y', '--no-install-recommends', 'install', 'chromium'];
  const { status, output } = await runProgram({ command: 'apt-get', arguments: commandLine, environment });
  if (status !== 0) throw new Problem('Chromium could not be installed.', { detail: output.trimEnd() });
}
