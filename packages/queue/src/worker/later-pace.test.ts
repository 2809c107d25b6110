import { expect, it } from 'vitest';
import { LaterPace } from './later-pace.ts';

/** Deliveries in each second while all are put back with the pace's delay. */
function deliveriesPerSecond(tasks: number, seconds: number): number[] {
  let now = 0;
  const pace = new LaterPace(20, () => now);
  const due = Array.from({ length: tasks }, () => 0);
  const counts = Array.from({ length: seconds }, () => 0);
  for (; now < seconds * 1_000; now += 10) {
    for (const [index, at] of due.entries()) {
      if (at > now) continue;
      const second = Math.floor(now / 1_000);
      counts[second] = (counts[second] ?? 0) + 1;
      due[index] = now + pace.delay(5_000);
    }
  }
  return counts;
}

it('keeps a delay while few tasks wait', () => {
  expect(deliveriesPerSecond(100, 20).slice(1)).toEqual(
    Array.from({ length: 19 }, (_, index) => ((index + 1) % 5 === 0 ? 100 : 0)),
  );
});

it.each([1_000, 3_000])('lets at most 50 of %i waiting tasks return in a second', (tasks) => {
  const perSecond = deliveriesPerSecond(tasks, 300).slice(10);
  const total = perSecond.reduce((sum, count) => sum + count, 0);
  expect(Math.max(...perSecond)).toBeLessThanOrEqual(300);
  expect(total / perSecond.length).toBeLessThanOrEqual(55);
  expect(total).toBeGreaterThan(0);
});

it('gives short delays again once nothing waits', () => {
  let now = 0;
  const pace = new LaterPace(20, () => now);
  for (let count = 0; count < 1_000; count += 1) pace.delay(250);
  expect(pace.delay(250)).toBe(20_000);
  now = 30_000;
  expect(pace.delay(250)).toBe(250);
});
