import { toProblem } from './lib/problem.ts';
import { colors, printLine, printProblem } from './lib/terminal.ts';
import { parseOptions, usage, type NodeVersionsOptions } from './node-versions/options.ts';
import { runOnNode, type NodeRun } from './node-versions/run-on-node.ts';
import { listenForInterruption } from './start/interruption.ts';

/** Runs all versions in turn, also after one that failed. @returns the exit status */
async function runAll(options: NodeVersionsOptions): Promise<number> {
  const interruption = listenForInterruption();
  const runs: NodeRun[] = [];
  for (const major of options.majors) runs.push(await runOnNode(major, options, interruption.signal));
  printLine();
  for (const { version, passed } of runs) {
    printLine(passed ? `${colors.green('✓')} ${version} passed` : `${colors.red('✗')} ${version} failed`);
  }
  return runs.every(({ passed }) => passed) ? 0 : 1;
}

try {
  const options = parseOptions(process.argv.slice(2));
  if (options === undefined) process.stdout.write(`${usage}\n`);
  process.exitCode = options === undefined ? 0 : await runAll(options);
} catch (error) {
  printProblem(toProblem(error));
  process.exitCode = 2;
}
