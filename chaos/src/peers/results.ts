import { type Contestant, type FaultName, FAULTS } from './contestant.ts';
import type { Verdict } from './judge.ts';

/** The sums over all rounds of one product under one fault. */
export interface Result {
  contestant: string;
  fault: FaultName;
  rounds: number;
  produced: number;
  received: number;
  lost: number;
  reported: number;
  duplicated: number;
  outOfOrder: number;
  /** In how many rounds something was missing, and in how many of these every missing event was signalled. */
  roundsWithMissing: number;
  roundsReported: number;
  roundsEnded: number;
}

function sum(verdicts: readonly Verdict[], figure: (verdict: Verdict) => number): number {
  return verdicts.reduce((total, verdict) => total + figure(verdict), 0);
}

export function sumUp(contestant: Pick<Contestant, 'name'>, fault: FaultName, verdicts: readonly Verdict[]): Result {
  const withMissing = verdicts.filter(({ lost, reported }) => lost + reported > 0);
  return {
    contestant: contestant.name,
    fault,
    rounds: verdicts.length,
    produced: sum(verdicts, (each) => each.produced),
    received: sum(verdicts, (each) => each.received),
    lost: sum(verdicts, (each) => each.lost),
    reported: sum(verdicts, (each) => each.reported),
    duplicated: sum(verdicts, (each) => each.duplicated),
    outOfOrder: sum(verdicts, (each) => each.outOfOrder),
    roundsWithMissing: withMissing.length,
    roundsReported: withMissing.filter(({ lost }) => lost === 0).length,
    roundsEnded: verdicts.filter(({ ended }) => ended).length,
  };
}

/** `yes` and `no` if it was the same in every round in which something was missing; `–` if nothing ever was. */
export function gapSignalled({ roundsWithMissing, roundsReported }: Result): string {
  if (roundsWithMissing === 0) return '–';
  if (roundsReported === roundsWithMissing) return 'yes';
  return roundsReported === 0 ? 'no' : `${roundsReported} of ${roundsWithMissing}`;
}

export function faultsOf(contestant: Contestant): { played: FaultName[]; notApplicable: [FaultName, string][] } {
  return {
    played: FAULTS.filter((fault) => contestant.notApplicable[fault] === undefined),
    notApplicable: FAULTS.flatMap((fault) => {
      const reason = contestant.notApplicable[fault];
      return reason === undefined ? [] : [[fault, reason]];
    }),
  };
}

/** Nothing lost without a word, doubled or disordered, and every watch came to its end. */
export function isFaultless({ lost, duplicated, outOfOrder, rounds, roundsEnded }: Result): boolean {
  return lost + duplicated + outOfOrder === 0 && roundsEnded === rounds;
}
