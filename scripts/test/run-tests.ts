import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printProblem, toProblem } from '@taskwire/dev-stack/programs';
import { localCommand } from '../lib/repository.ts';
import { runProgram } from '../lib/run-program.ts';
import { ensureChromium } from './chromium.ts';
import { tallyReport, type Tally } from './tally.ts';

/** Runs vitest over all projects. `commandLine` is handed on to it. */
export async function runTests(commandLine: readonly string[]): Promise<{ tally: Tally; status: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'taskwire-report-'));
  const report = join(folder, 'report.json');
  try {
    const { status } = await runProgram({
      command: localCommand('vitest'),
      arguments: ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...commandLine],
      environment: await testEnvironment(),
      output: 'show',
    });
    return { status, tally: await readTally(report) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Without a browser the other tests still run; those that need one say so themselves. */
async function testEnvironment(): Promise<Record<string, string>> {
  try {
    return { CHROMIUM_PATH: await ensureChromium() };
  } catch (error) {
    printProblem(toProblem(error));
    return {};
  }
}

async function readTally(report: string): Promise<Tally> {
  const text = await readFile(report, 'utf8').catch(() => undefined);
  return text === undefined ? { passed: 0, failed: 0, skipped: 0 } : tallyReport(text);
}
