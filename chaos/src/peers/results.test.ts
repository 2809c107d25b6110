import { expect, it } from 'vitest';
import type { Verdict } from './judge.ts';
import { gapSignalled, isFaultless, sumUp, type Result } from './results.ts';

const faultless: Verdict = {
  produced: 10,
  received: 10,
  lost: 0,
  reported: 0,
  duplicated: 0,
  outOfOrder: 0,
  ended: true,
};
const silent: Verdict = { ...faultless, received: 7, lost: 3 };
const signalled: Verdict = { ...faultless, received: 8, reported: 2 };
const partly: Verdict = { ...faultless, received: 7, lost: 1, reported: 2 };

function resultOf(...verdicts: Verdict[]): Result {
  return sumUp({ name: 'a product' }, 'disconnected', verdicts);
}

it('adds up the figures of all rounds', () => {
  expect(resultOf(faultless, silent, { ...signalled, duplicated: 4, outOfOrder: 5, ended: false })).toEqual({
    contestant: 'a product',
    fault: 'disconnected',
    rounds: 3,
    produced: 30,
    received: 25,
    lost: 3,
    reported: 2,
    duplicated: 4,
    outOfOrder: 5,
    roundsWithMissing: 2,
    roundsReported: 1,
    roundsEnded: 2,
  });
});

it('says whether gaps were signalled, of the rounds in which something was missing', () => {
  expect(gapSignalled(resultOf(faultless, faultless))).toBe('–');
  expect(gapSignalled(resultOf(faultless, signalled))).toBe('yes');
  expect(gapSignalled(resultOf(faultless, silent))).toBe('no');
  expect(gapSignalled(resultOf(signalled, silent, faultless))).toBe('1 of 2');
});

it('does not call a gap signalled of which a part was not', () => {
  expect(gapSignalled(resultOf(partly))).toBe('no');
});

it('finds fault with anything lost, doubled, disordered or without end, and not with a gap that was signalled', () => {
  expect(isFaultless(resultOf(faultless, signalled))).toBe(true);
  expect(isFaultless(resultOf(faultless, silent))).toBe(false);
  expect(isFaultless(resultOf({ ...faultless, duplicated: 1 }))).toBe(false);
  expect(isFaultless(resultOf({ ...faultless, outOfOrder: 1 }))).toBe(false);
  expect(isFaultless(resultOf(faultless, { ...faultless, ended: false }))).toBe(false);
});
