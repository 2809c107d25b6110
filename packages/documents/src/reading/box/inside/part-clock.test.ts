import { describe, expect, it } from 'vitest';
import { PartClock } from './part-clock.ts';

/**
 * |@param seconds processor time of each part.
 * @returns the largest excess.
 */
function largestExcess(seconds: readonly number[]): number {
  const clock = new PartClock();
  let largest = 0;
  let now = 0;
  for (const part of seconds) {
    now += part;
    largest = Math.max(largest, clock.excessAt(now));
    clock.add(1);
  }
  return largest;
}

describe('PartClock', () => {
  it('counts all of the time of a part that does not end', () => {
    expect(largestExcess([25])).toBe(25);
  });

  it('counts slow parts together, less two seconds each', () => {
    expect(largestExcess(Array.from({ length: 5 }, () => 5))).toBe(17);
  });

  it('does not grow over parts of two seconds, however many there are', () => {
    expect(largestExcess(Array.from({ length: 1_000 }, () => 2))).toBe(2);
  });

  it('gives quick parts no credit for a slow one', () => {
    expect(largestExcess([...Array.from({ length: 1_000 }, () => 0.01), 25])).toBeCloseTo(23);
  });

  it('forgets a slow part after quick ones', () => {
    expect(largestExcess([15, ...Array.from({ length: 10 }, () => 0.1), 15])).toBeLessThan(16);
  });
});
