import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Numbers that look random and are the same for the same seed. */
export class Random {
  readonly #generator;

  /** @param seed a 32-bit integer. */
  constructor(seed: number) {
    this.#generator = xoroshiro128plus(seed);
  }

  /** A whole number from `from` to `to`, both included. */
  int(from: number, to: number): number {
    return uniformInt(this.#generator, from, to);
  }

  /** True in `percent` of a hundred cases. */
  chance(percent: number): boolean {
    return this.int(1, 100) <= percent;
  }

  /** One of the values, each with a share of its weight. @throws RangeError if there is none. */
  weighted<Value>(choices: readonly (readonly [Value, weight: number])[]): Value {
    let left = this.int(
      1,
      choices.reduce((sum, [, weight]) => sum + weight, 0),
    );
    for (const [value, weight] of choices) {
      left -= weight;
      if (left <= 0) return value;
    }
    throw new RangeError('there is nothing to choose from');
  }

  /** One of the values. @throws RangeError if there is none. */
  pick<Value>(values: readonly Value[]): Value {
    return this.weighted(values.map((value) => [value, 1] as const));
  }
}

/** The seed of a round, given the seed of the run: rounds of one run, and runs with neighbouring seeds, differ. */
export function roundSeed(seed: number, round: number): number {
  const mixed = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(round + 1, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 15)) | 0;
}
