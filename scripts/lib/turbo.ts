import { availableParallelism } from 'node:os';
import { findProgram, localCommand } from './repository.ts';
import { runProgram, type ProgramResult } from './run-program.ts';

const OUTPUT = ['--output-logs=errors-only', '--log-order=grouped'];
// turbo's own default is 10, which on a small machine makes everything slower.
const CONCURRENCY = `--concurrency=${availableParallelism()}`;

export interface TurboRun {
  /** Only these packages and what they need; default: all. */
  packages?: readonly string[];
  signal?: AbortSignal;
}

/** Runs tasks of turbo.json. Unchanged results come from turbo's cache. */
export async function runTurbo(tasks: readonly string[], how: TurboRun = {}): Promise<ProgramResult> {
  const filters = (how.packages ?? []).map((name) => `--filter=${name}`);
  const run = ['run', ...tasks, ...filters, ...OUTPUT, CONCURRENCY];
  // turbo calls pnpm by name; outside of a pnpm script it may not be there.
  const hasPnpm = (await findProgram('pnpm')) !== undefined;
  return runProgram({
    command: hasPnpm ? localCommand('turbo') : 'npx',
    arguments: hasPnpm ? run : ['--yes', 'pnpm@12', 'exec', 'turbo', ...run],
    environment: { TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1', DO_NOT_TRACK: '1' },
    ...(how.signal === undefined ? {} : { signal: how.signal }),
  });
}
