import { beforeEach, describe, expect, it } from 'vitest';
import { Pace } from './pace.ts';

const LONGEST_WINDOW_MS = 20;

let now: number;
let pace: Pace;
beforeEach(() => {
  now = 1_000_000;
  pace = new Pace(() => now);
});

/** Sends one event after the other, so many a second, for two seconds. Returns the waits right after each. */
function run(eventsPerSecond: number): number[] {
  return Array.from({ length: eventsPerSecond * 2 }, () => {
    now += 1_000 / eventsPerSecond;
    pace.sent(1);
    return pace.wait;
  });
}

describe('Pace', () => {
  it('holds nothing back before anything was sent', () => {
    expect(pace.wait).toBe(0);
  });

  it.each([1, 5, 20, 40])('holds nothing back at %i events a second', (rate) => {
    expect(Math.max(...run(rate))).toBe(0);
  });

  it.each([120, 500, 5_000])('holds events back at %i a second, for 20 ms and no longer', (rate) => {
    const waits = run(rate);
    expect(Math.max(...waits)).toBeLessThanOrEqual(LONGEST_WINDOW_MS);
    expect(waits.at(-1)).toBeCloseTo(LONGEST_WINDOW_MS);
  });

  it('counts every event of a burst that was sent at once', () => {
    pace.sent(1_000);
    expect(pace.wait).toBeCloseTo(LONGEST_WINDOW_MS);
  });

  it('holds an event back only for what is left of the window since the last were sent', () => {
    run(1_000);
    now += 15;
    expect(pace.wait).toBeCloseTo(5);
    now += 6;
    expect(pace.wait).toBe(0);
  });

  it('cools down: after some quiet an event and its successor go out at once', () => {
    run(1_000);
    now += 3_000;
    pace.sent(1);
    expect(pace.wait).toBe(0);
  });

  it('lets go at once when nobody waits any more', async () => {
    run(1_000);
    const leaving = new AbortController();
    const held = pace.hold(leaving.signal);
    leaving.abort();
    await held;
  });
});
