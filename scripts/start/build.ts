import { Problem } from '@taskwire/dev-stack/programs';
import { runTurbo } from '../lib/turbo.ts';

const WHOLE_BUILD = [
  '@taskwire/api-app',
  '@taskwire/worker-app',
  '@taskwire/cli',
  '@taskwire/web-react',
  '@taskwire/web-vue',
];

/**
 * Builds the programs that `start` runs. Unchanged packages are not built again.
 * @returns words for the terminal
 * @throws Problem with the output of the build
 */
export async function build(signal: AbortSignal): Promise<string> {
  return run(['build'], { packages: WHOLE_BUILD, signal });
}

/** Generates the database client, which the sources need even if nothing is built. */
export async function generate(signal?: AbortSignal): Promise<string> {
  return run(['db:generate'], signal === undefined ? {} : { signal });
}

async function run(tasks: readonly string[], how: { packages?: readonly string[]; signal?: AbortSignal }) {
  const { status, output } = await runTurbo(tasks, how);
  if (status === 0) return /FULL TURBO/.test(output) ? 'unchanged' : 'done';
  throw new Problem('The build failed.', { detail: output.trimEnd() });
}
