import { runGates } from './check/run-gates.ts';

const results = await runGates();
process.exitCode = results.every((result) => result.passed) ? 0 : 1;
