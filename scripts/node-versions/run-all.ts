import { printProblem, toProblem } from '@taskwire/dev-stack/programs';
import type { NodeRun } from './run-on-node.ts';

/**
 * Runs all versions in turn, also after one that failed or could not be installed.
 * @throws the reason of the signal once that has aborted
 */
export async function runAll(
  majors: readonly number[],
  run: (major: number) => Promise<NodeRun>,
  signal: AbortSignal,
): Promise<NodeRun[]> {
  const runs: NodeRun[] = [];
  for (const major of majors) {
    try {
      runs.push(await run(major));
    } catch (error) {
      signal.throwIfAborted();
      printProblem(toProblem(error));
      runs.push({ version: `v${major}`, passed: false });
    }
    signal.throwIfAborted();
  }
  return runs;
}
