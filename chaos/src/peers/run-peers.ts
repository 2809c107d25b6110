import type { Contestant, FaultName } from './contestant.ts';
import type { Verdict } from './judge.ts';
import { jsonReporter, type Reporter, tableReporter } from './reporter.ts';
import { faultsOf, isFaultless, type Result, sumUp } from './results.ts';
import { runRound } from './run-round.ts';
import { taskwire } from './taskwire/contestant.ts';
import { bullmq } from './bullmq/contestant.ts';
import { orpcPublisher } from './orpc/contestant.ts';
import { resumableStream } from './resumable-stream/contestant.ts';
import { socketIo } from './socket-io/contestant.ts';
import { readFile } from 'node:fs/promises';
import * as z from 'zod';

export interface PeersOptions {
  /** A 32-bit integer. */
  seed: number;
  /** Rounds of each fault for each product. */
  rounds: number;
  /** One JSON message a line in place of the table. */
  json: boolean;
}

interface Play extends PeersOptions {
  reporter: Reporter;
}

async function playFault(contestant: Contestant, fault: FaultName, play: Play): Promise<Result> {
  const verdicts: Verdict[] = [];
  for (let number = 1; number <= play.rounds; number += 1) {
    const round = { seed: play.seed, round: number, fault };
    const verdict = await runRound(contestant, round).catch((error: unknown) => {
      throw new Error(`${contestant.name}, ${fault}, round ${number} could not be played: ${String(error)}`, {
        cause: error,
      });
    });
    play.reporter.roundPlayed(contestant, round, verdict);
    verdicts.push(verdict);
  }
  return sumUp(contestant, fault, verdicts);
}

async function playAll(contestant: Contestant, play: Play): Promise<Result[]> {
  const results: Result[] = [];
  try {
    for (const fault of faultsOf(contestant).played) results.push(await playFault(contestant, fault, play));
  } finally {
    await contestant.dispose();
  }
  return results;
}

/**
 * Plays every fault against every product, the products side by side, and prints what each watcher got.
 * @returns the exit status: 0 unless Taskwire itself lost, doubled or disordered an event, or left a watch without end.
 * @throws Error if a round could not be played.
 */
export async function runPeers(options: PeersOptions): Promise<number> {
  const reporter = options.json ? jsonReporter : tableReporter;
  for (const contestant of CONTESTANTS) {
    reporter.introduce(contestant, await Promise.all(contestant.packages.map(installedVersion)));
  }
  const played = await Promise.all(CONTESTANTS.map((contestant) => playAll(contestant, { ...options, reporter })));
  const results = played.flat();
  reporter.allPlayed(CONTESTANTS, results);
  return results.filter((result) => result.contestant === taskwire.name).every(isFaultless) ? 0 : 1;
}

export const CONTESTANTS: readonly Contestant[] = [taskwire, bullmq, socketIo, orpcPublisher, resumableStream];

const packageSchema = z.object({ version: z.string() });

/** @returns `name version` of an installed package. */
export async function installedVersion(name: string): Promise<string> {
  const file = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
  return `${name} ${packageSchema.parse(JSON.parse(await readFile(file, 'utf8'))).version}`;
}
