import { writeFile } from 'node:fs/promises';
import { DOCUMENTS_USAGE, parseDocumentsOptions } from './documents/options.ts';
import { whyUnpinned } from './measure/pinning.ts';
import { parseOptions, USAGE, type Options } from './options.ts';
import { jsonLine } from './report/json-lines.ts';
import { renderPlot } from './report/plot/render-plot.ts';
import { summarize, type Summary } from './report/statistics.ts';
import { renderTable } from './report/table.ts';
import type { BenchSettings, Measurement, Scenario } from './scenario.ts';
import { SCENARIOS } from './scenarios/scenarios.ts';
import { UsageError } from './usage-error.ts';

const INTERRUPTED = 130;
const CALLED_WRONGLY = 2;

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function complain(line: string): void {
  process.stderr.write(`${line}\n`);
}

function printSummaries(scenario: Scenario, summaries: readonly Summary[], json: boolean): void {
  if (!json) print(`${renderTable(scenario.columns, summaries)}\n`);
  for (const summary of summaries) print(jsonLine(summary));
}

async function draw(
  file: string,
  summaries: readonly Summary[],
  where: { scenario: Scenario; settings: BenchSettings },
) {
  const plot = where.scenario.plotFor?.(where.settings) ?? where.scenario.plot;
  const picture = plot === undefined ? undefined : renderPlot(plot, summaries);
  if (picture === undefined) complain(`there is nothing to draw into ${file}`);
  else await writeFile(file, picture);
}

async function run(options: Options, signal: AbortSignal): Promise<void> {
  const scenario = await SCENARIOS[options.scenario]();
  const settings: BenchSettings = { ...options, say: complain, signal };
  const unpinned = whyUnpinned();
  if (unpinned !== undefined) complain(`Careful: ${unpinned}.`);
  const measurements: Measurement[] = [];
  for await (const measurement of scenario.run(settings)) {
    measurements.push(measurement);
    // Measurements from before a failure are kept.
    complain(`  ${JSON.stringify(measurement)}`);
  }
  const summaries = summarize(measurements);
  printSummaries(scenario, summaries, options.json);
  if (options.plot !== undefined) await draw(options.plot, summaries, { scenario, settings });
}

/** A benchmark as it is called: its usage, and what runs for these words; undefined if help was asked for. */
interface Command {
  usage: string;
  parse: (words: readonly string[]) => ((signal: AbortSignal) => Promise<void>) | undefined;
}

const SERVING: Command = {
  usage: USAGE,
  parse: (words) => {
    const options = parseOptions(words);
    return options && ((signal) => run(options, signal));
  },
};

const DOCUMENTS: Command = {
  usage: DOCUMENTS_USAGE,
  parse: ([, ...words]) => {
    const options = parseDocumentsOptions(words);
    return (
      options &&
      (async (signal) => {
        const { runDocuments } = await import('./documents/run-documents.ts');
        await runDocuments(options, { print, say: complain, signal });
      })
    );
  },
};

/** @returns the exit status. */
async function main(words: readonly string[]): Promise<number> {
  const interrupted = new AbortController();
  const { usage, parse } = words[0] === 'documents' ? DOCUMENTS : SERVING;
  try {
    const start = parse(words);
    if (start === undefined) {
      print(usage);
      return 0;
    }
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.abort());
    await start(interrupted.signal);
    return 0;
  } catch (error) {
    if (interrupted.signal.aborted) return INTERRUPTED;
    if (error instanceof UsageError) {
      complain(`${error.message}\n\n${usage}`);
      return CALLED_WRONGLY;
    }
    complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
