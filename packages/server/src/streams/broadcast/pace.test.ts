import { beforeEach, describe, expect, it } from 'vitest';
import { Pace } from './pace.ts';

const LONGEST_WINDOW_MS = 20;

let now: number;
let pace: Pace;
beforeEach(() => {
  now = 1_000_000;
  pace = new Pace(() => now);
});

/** Sends `rate` events a second, for two seconds. Returns the wait after each. */
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

  it.each([120, 500, 5_000])('holds events back for 20 ms at %i a second', (rate) => {
    const waits = run(rate);
    expect(Math.max(...waits)).toBeLessThanOrEqual(LONGEST_WINDOW_MS);
    expect(waits.at(-1)).toBeCloseTo(LONGEST_WINDOW_MS);
  });

  it('counts every event of a burst that was sent at once', () => {
    pace.sent(1_000);
    expect(pace.wait).toBeCloseTo(LONGEST_WINDOW_MS);
  });

  it('holds an event back for the rest of the window since the last send', () => {
    run(1_000);
    now += 15;
    expect(pace.wait).toBeCloseTo(5);
    now += 6;
    expect(pace.wait).toBe(0);
  });

  it('holds nothing back after a quiet time', () => {
    run(1_000);
    now += 3_000;
    pace.sent(1);
    expect(pace.wait).toBe(0);
  });

  it('stops waiting at once when it is aborted', async () => {
    run(1_000);
    const leaving = new AbortController();
    const held = pace.hold(leaving.signal);
    leaving.abort();
    await held;
  });
});
