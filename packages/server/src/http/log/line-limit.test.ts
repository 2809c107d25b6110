import { expect, test } from 'vitest';
import { LineLimit } from './line-limit.ts';

function limitWithClock() {
  const clock = { now: 1_000 };
  const reported: [string, number][] = [];
  const limit = new LineLimit(
    (kind, lines) => reported.push([kind, lines]),
    () => clock.now,
  );
  const admitted = (kind: string, lines: number) =>
    Array.from({ length: lines }, () => limit.admits(kind)).filter(Boolean).length;
  return { clock, reported, limit, admitted };
}

test('fifty lines of a kind pass in ten seconds, independent of other kinds; then their number is reported once', () => {
  const { clock, reported, limit, admitted } = limitWithClock();
  expect([admitted('401', 2_000), admitted('404', 10)]).toEqual([50, 10]);
  clock.now += 9_999;
  expect([admitted('401', 5), reported]).toEqual([0, []]);
  clock.now += 1;
  limit.tick();
  limit.tick();
  expect(reported).toEqual([['401', 1_955]]);
  expect([admitted('401', 60), admitted('404', 50)]).toEqual([50, 50]);
});

test('no number is reported if no line was left out', () => {
  const { clock, reported, limit, admitted } = limitWithClock();
  admitted('401', 50);
  clock.now += 100_000;
  limit.tick();
  expect(reported).toEqual([]);
});
