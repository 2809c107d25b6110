import { parseArgs } from 'node:util';
import { SCENARIO_NAMES, type ScenarioName } from './scenarios/names.ts';
import { UsageError } from './usage-error.ts';

export const USAGE = `usage: pnpm bench ${SCENARIO_NAMES.join('|')} [--peers a,b] [--repeats N] [--watchers a,b] [--rate a,b]
                  [--seconds N] [--json] [--plot FILE.svg]
       pnpm bench documents --help

Starts what it needs, puts servers on one core and load and publisher on another, measures Taskwire and others in turn,
and prints medians with the least and greatest of all repeats. Nothing else should run on the machine meanwhile.

  fanout         processor time of the server for each event that a watcher gets
  latency        time from a worker making an event to a watcher having it
  memory         resident memory of the server for each watcher
  publish        how fast one worker can write
  storm          watchers that all come back at once after a restart of the api
  polling        one real task watched by polling, and by Taskwire
  filters        one filter for all watchers of a project, against one filter for each
  neighbours     answer times of light users beside heavy ones
  documents      how well documents are read and found; it has options of its own

  --peers a,b    only these servers (fanout, latency, memory)
  --repeats N    how often each is measured; 3 if absent
  --watchers a,b numbers of watchers, in turn
  --rate a,b     events a second, in turn
  --seconds N    how long events flow in one measurement; 5 if absent
  --json         one JSON object a line, and no table
  --plot FILE    also draws the figures as SVG

Exit status: 0; 1 if something could not be measured; 2 if it was called wrongly; 130 after Ctrl-C.`;

export interface Options {
  scenario: ScenarioName;
  peers: readonly string[] | undefined;
  repeats: number;
  watchers: readonly number[] | undefined;
  rates: readonly number[] | undefined;
  seconds: number;
  json: boolean;
  /** The file to draw into. */
  plot: string | undefined;
}

const DEFAULT_REPEATS = 3;
const DEFAULT_SECONDS = 5;
const MOST_WATCHERS = 100_000;
const HIGHEST_RATE = 100_000;

/**
 * Reads the command line.
 * @returns undefined if help was asked for.
 * @throws UsageError that names the option.
 */
export function parseOptions(words: readonly string[]): Options | undefined {
  const { values, positionals } = read(words);
  if (values.help === true) return undefined;
  return {
    scenario: scenarioOf(positionals),
    peers: values.peers?.split(',').map((name) => name.trim()),
    repeats: wholeNumber('--repeats', values.repeats, 1_000) ?? DEFAULT_REPEATS,
    watchers: wholeNumbers('--watchers', values.watchers, MOST_WATCHERS),
    rates: wholeNumbers('--rate', values.rate, HIGHEST_RATE),
    seconds: wholeNumber('--seconds', values.seconds, 3_600) ?? DEFAULT_SECONDS,
    json: values.json === true,
    plot: values.plot,
  };
}

function read(words: readonly string[]) {
  try {
    return parseArgs({
      // pnpm hands the `--` of `pnpm bench -- --json` on.
      args: words.filter((word) => word !== '--'),
      allowPositionals: true,
      options: {
        peers: { type: 'string' },
        repeats: { type: 'string' },
        watchers: { type: 'string' },
        rate: { type: 'string' },
        seconds: { type: 'string' },
        json: { type: 'boolean' },
        plot: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function scenarioOf(words: readonly string[]): ScenarioName {
  const [word, more] = words;
  const name = SCENARIO_NAMES.find((each) => each === word);
  if (name !== undefined && more === undefined) return name;
  const wrong = more ?? word;
  const found = wrong === undefined ? 'none was named' : `"${wrong}" is not one`;
  throw new UsageError(`name one benchmark of ${SCENARIO_NAMES.join(', ')}; ${found}`);
}

function wholeNumber(option: string, text: string | undefined, most: number): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= most) return number;
  throw new UsageError(`${option} takes a whole number from 1 to ${most}, not "${text}"`);
}

function wholeNumbers(option: string, text: string | undefined, most: number): number[] | undefined {
  return text?.split(',').map((part) => wholeNumber(option, part.trim(), most) ?? 1);
}
