import { buildGate } from './check/gates.ts';
import { printFailures, runGate, runGates } from './check/run-gates.ts';
import { formatTally, tallyRun } from './test/tally.ts';
import { runTests } from './test/run-tests.ts';

const checked = await runGates();
const built = await runGate(buildGate);
printFailures([built]);
const { tally, status } = await runTests(process.argv.slice(2).filter((argument) => argument !== '--'));
const total = tallyRun(tally, [...checked, built], status);
process.stdout.write(`\n${formatTally(total)}\n`);
process.exitCode = total.failed === 0 ? 0 : 1;
