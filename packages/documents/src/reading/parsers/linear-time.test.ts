import { describe, expect, it } from 'vitest';
import { collect } from '../../testing/collect.ts';
import { WORST_CASES } from '../../testing/making/worst-cases.ts';
import { parserOf } from './index.ts';

/** Characters of the smaller text. */
const LENGTH = 65_536;
/** CPU time (microseconds) below which differences are noise. */
const NOISE_MICROSECONDS = 60_000;
const MOST_TRIES = 6;

/** The CPU time (microseconds) for reading a text. */
async function cpuOf(mediaType: string, text: string): Promise<number> {
  const bytes = new TextEncoder().encode(text);
  const start = process.cpuUsage();
  const parser = parserOf(mediaType);
  if (parser === undefined) throw new Error(`no parser of ${mediaType}`);
  await collect(parser(bytes));
  const { user, system } = process.cpuUsage(start);
  return user + system;
}

describe('readers of texts', () => {
  it.each(WORST_CASES)('take less than three times as long for twice as much: $mediaType, $name', async (worst) => {
    let [once, twice] = [Infinity, Infinity];
    // The smallest of several tries, because compilation and garbage collection only add time.
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      once = Math.min(once, await cpuOf(worst.mediaType, worst.make(LENGTH)));
      twice = Math.min(twice, await cpuOf(worst.mediaType, worst.make(2 * LENGTH)));
      if (twice < Math.max(3 * once, NOISE_MICROSECONDS)) return;
    }
    expect(twice).toBeLessThan(3 * once);
  });
});
