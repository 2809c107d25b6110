import { printProblem, toProblem } from '@taskwire/dev-stack/programs';
import { runGates } from './check/run-gates.ts';

try {
  const results = await runGates(process.argv.slice(2).filter((argument) => argument !== '--'));
  process.exitCode = results.every((result) => result.passed) ? 0 : 1;
} catch (error) {
  printProblem(toProblem(error));
  process.exitCode = 2;
}
