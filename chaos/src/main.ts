import { parseOptions, USAGE, UsageError, type Options } from './options.ts';
import { jsonReporter, tableReporter } from './report/reporter.ts';
import { runChaos } from './run-chaos.ts';

const INTERRUPTED = 130;
const CALLED_WRONGLY = 2;

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function complain(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** @returns the exit status. */
async function run(options: Options, interrupted: AbortController): Promise<number> {
  const { seed, rounds, json, limits, evidenceFolder } = options;
  if (options.peers) {
    const { runPeers } = await import('./peers/run-peers.ts');
    return runPeers({ seed, rounds: rounds.length, json });
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.abort());
  const reporter = json ? jsonReporter(print) : tableReporter(print);
  const { signal } = interrupted;
  return (await runChaos({ seed, rounds, reporter, evidenceFolder, signal, limits })) ? 0 : 1;
}

async function main(words: readonly string[]): Promise<number> {
  const interrupted = new AbortController();
  try {
    const options = parseOptions(words, Date.now() % 1_000_000);
    if (options === undefined) {
      print(USAGE);
      return 0;
    }
    return await run(options, interrupted);
  } catch (error) {
    if (interrupted.signal.aborted) return INTERRUPTED;
    if (error instanceof UsageError) {
      complain(`${error.message}\n\n${USAGE}`);
      return CALLED_WRONGLY;
    }
    complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
