import { expect, it } from 'vitest';
import { RetryPauses } from './retry-pauses.ts';

it('a task pauses for a minute, then twice as long after each failure, six hours at most', () => {
  const failed = new RetryPauses();
  const pauses: number[] = [];
  let now = 0;
  for (let count = 0; count < 12; count += 1) {
    failed.add('task', now);
    const begun = now;
    while (failed.pausing(now).length > 0) now += 60_000;
    pauses.push((now - begun) / 60_000);
  }
  expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]);
});

it('only the first failure of a task is new, until it succeeds', () => {
  const failed = new RetryPauses();
  expect([failed.add('one', 0), failed.add('one', 0), failed.add('other', 0)]).toEqual([true, false, true]);
  expect([failed.delete('one'), failed.delete('one')]).toEqual([true, false]);
  expect(failed.add('one', 0)).toBe(true);
  expect(failed.pausing(0)).toEqual(['other', 'one']);
});
