import { setTimeout as delay } from 'node:timers/promises';
import { Random, roundSeed } from '../random.ts';
import { until } from '../until.ts';
import { type Bout, type Contestant, type FaultName, FAULTS, type Workload } from './contestant.ts';
import { inflictFault, planTiming } from './faults.ts';
import { judge, type Verdict } from './judge.ts';

/** Long enough (10 s) for every client to come back in the middle, with its own backoff. */
const WORKLOAD: Workload = { events: 1_000, everyMs: 10 };
/** Silence (ms) after which a watch counts as one without end: longer than any takeover or retry. */
const PATIENCE_MS = 30_000;
/** Longest watch (ms). */
const LONGEST_MS = 300_000;
/** Wait (ms) for a stray message after the end of a watch. */
const STRAY_MS = 500;

export interface Round {
  seed: number;
  round: number;
  fault: FaultName;
}

/** Waits until the watcher has learned of the end, or nothing has happened for so long that it never will. */
async function untilOverOrQuiet(bout: Bout): Promise<void> {
  let seen = '';
  let since = Date.now();
  const isQuiet = async () => {
    const now = `${await bout.produced()} ${bout.record.entries.length}`;
    if (now !== seen) since = Date.now();
    seen = now;
    return Date.now() - since > PATIENCE_MS;
  };
  await until(async () => bout.record.over || (await isQuiet()), LONGEST_MS);
}

async function play(bout: Bout, { seed, round, fault }: Round): Promise<Verdict> {
  const timing = planTiming(new Random(roundSeed(seed, round * FAULTS.length + FAULTS.indexOf(fault))));
  await bout.start();
  await inflictFault(bout, fault, timing);
  await untilOverOrQuiet(bout);
  await delay(STRAY_MS);
  return judge(await bout.produced(), bout.record.entries);
}

/** Plays one round of one product, on fresh state. @throws Error if the round could not be played. */
export async function runRound(contestant: Contestant, round: Round): Promise<Verdict> {
  const bout = await contestant.open(WORKLOAD);
  try {
    return await play(bout, round);
  } finally {
    await bout.close();
  }
}
