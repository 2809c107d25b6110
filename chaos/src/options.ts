import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { temporaryFolder } from './env.ts';
import type { PlanLimits } from './plan/make-plan.ts';
import { TRANSPORTS, FAULT_KINDS, SUBJECTS, TASK_KINDS } from './plan/round-plan.ts';

export const USAGE = `usage: pnpm chaos [--seed N] [--rounds M] [--json] [--faults a,b,c] [--round K] …
       pnpm chaos --peers [--seed N] [--rounds M] [--json]

Starts a system of its own (PostgreSQL, Redis with its append-only file, two apis, two workers), runs tasks on it,
breaks it on purpose while dozens of watchers look on, and checks what each of them got against the log in Redis.
The apps must be built: pnpm build.

  --seed N           what to break and when follows from it; without it one is chosen and printed
  --rounds M         how many rounds; 10 if absent
  --round K          only this round of the seed: the same plan again
  --faults a,b,c     only faults of these kinds; none for no fault at all
  --kinds a,b        only tasks of these kinds
  --transports a,b   only watchers that use these transports
  --subjects a,b     only watchers of these
  --json             one JSON object a line: one for each round, and a summary
  --evidence FOLDER  where to put plan, records, logs and output of a round that went wrong; a temporary folder if absent
  --peers            the same kinds of faults against other libraries, each used as its own docs say

Faults: ${FAULT_KINDS.join(', ')}
Kinds: ${TASK_KINDS.join(', ')}; transports: ${TRANSPORTS.join(', ')}; subjects: ${SUBJECTS.join(', ')}

Each round prints the number of tasks and events, and seven figures that must all be 0:
  lost        events that a watcher never got and no gap names, or got with other contents
  duplicated  messages that a watcher got again
  outOfOrder  messages that came after a later one
  silentGaps  places where events were left out without a word, or a state was shown that is not that of its seq
  stuck       tasks that did not end in time, watchers that did not get the end, lists and tasks that are no longer
              shown, programs that fell by themselves or hung
  leaked      sockets, connections, subscriptions and keys that were left behind, and tasks whose creation was refused
  endedForOthers  tasks that ended in error although their own handler did nothing wrong
And for information: watchers, gaps that they got, connections that they lost, refused creates, faults.

Exit status: 0 if every figure was 0; 1 if one was not, or the system could not be started; 2 if it was called wrongly;
130 after Ctrl-C.`;

/** A command line that cannot be followed; the message names the option. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface Options {
  seed: number;
  /** Numbers of the rounds to play. */
  rounds: readonly number[];
  json: boolean;
  limits: PlanLimits;
  evidenceFolder: string;
  peers: boolean;
}

const DEFAULT_ROUNDS = 10;
const LARGEST_SEED = 2 ** 31 - 1;

/**
 * Reads the command line.
 * @param freshSeed in place of an absent `--seed`.
 * @returns undefined if help was asked for.
 * @throws UsageError that names the option.
 */
export function parseOptions(words: readonly string[], freshSeed: number): Options | undefined {
  const values = readValues(words);
  if (values.help === true) return undefined;
  const seed = wholeNumber('--seed', values.seed, { from: 0, to: LARGEST_SEED }) ?? freshSeed;
  const count = wholeNumber('--rounds', values.rounds, { from: 1, to: 100_000 }) ?? DEFAULT_ROUNDS;
  const only = wholeNumber('--round', values.round, { from: 1, to: 100_000 });
  return {
    seed,
    rounds: only === undefined ? Array.from({ length: count }, (_, place) => place + 1) : [only],
    json: values.json === true,
    limits: {
      faults: values.faults === 'none' ? [] : listOf('--faults', values.faults, FAULT_KINDS),
      kinds: listOf('--kinds', values.kinds, TASK_KINDS),
      transports: listOf('--transports', values.transports, TRANSPORTS),
      subjects: listOf('--subjects', values.subjects, SUBJECTS),
    },
    evidenceFolder: values.evidence ?? join(temporaryFolder(), 'taskwire-chaos'),
    peers: values.peers === true,
  };
}

function readValues(words: readonly string[]) {
  try {
    return parseArgs({
      // pnpm hands the `--` of `pnpm chaos -- --json` on.
      args: words.filter((word) => word !== '--'),
      options: {
        seed: { type: 'string' },
        rounds: { type: 'string' },
        round: { type: 'string' },
        faults: { type: 'string' },
        kinds: { type: 'string' },
        transports: { type: 'string' },
        subjects: { type: 'string' },
        evidence: { type: 'string' },
        json: { type: 'boolean' },
        peers: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function wholeNumber(option: string, text: string | undefined, { from, to }: { from: number; to: number }) {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= from && number <= to) return number;
  throw new UsageError(`${option} takes a whole number from ${from} to ${to}, not "${text}"`);
}

/** The words of a list, each one of `all`; all of them if there is no list. */
function listOf<Word extends string>(option: string, text: string | undefined, all: readonly Word[]): readonly Word[] {
  if (text === undefined) return all;
  return text.split(',').map((given) => {
    const word = all.find((each) => each === given.trim());
    if (word !== undefined) return word;
    throw new UsageError(`${option} takes a list of ${all.join(', ')}; there is no "${given}"`);
  });
}
