import {
  colors,
  Interrupted,
  listenForInterruption,
  printLine,
  printProblem,
  toProblem,
} from '@taskwire/dev-stack/programs';
import { parseOptions, usage, type NodeVersionsOptions } from './node-versions/options.ts';
import { runAll } from './node-versions/run-all.ts';
import { runOnNode } from './node-versions/run-on-node.ts';

/** Runs all versions and prints how each ended. @returns the exit status */
async function main(options: NodeVersionsOptions): Promise<number> {
  const { signal } = listenForInterruption();
  const runs = await runAll(options.majors, (major) => runOnNode(major, options, signal), signal);
  printLine();
  for (const { version, passed } of runs) {
    printLine(passed ? `${colors.green('✓')} ${version} passed` : `${colors.red('✗')} ${version} failed`);
  }
  return runs.every(({ passed }) => passed) ? 0 : 1;
}

try {
  const options = parseOptions(process.argv.slice(2));
  if (options === undefined) process.stdout.write(`${usage}\n`);
  process.exitCode = options === undefined ? 0 : await main(options);
} catch (error) {
  if (!(error instanceof Interrupted)) printProblem(toProblem(error));
  process.exitCode = error instanceof Interrupted ? 130 : 2;
}
