import type { Measurement } from '../scenario.ts';

/** A figure over repeats. */
export interface Spread {
  median: number;
  min: number;
  max: number;
}

/** Results of the repeats of one run: common fields, and each figure with its spread. */
export interface Summary {
  name: string;
  watchers: number;
  rate: number;
  /** Part of the scenario, if it has parts. */
  part?: string;
  repeats: number;
  /** By key of a measurement; a figure that only some repeats have is over those. */
  figures: ReadonlyMap<string, Spread>;
  /** Texts of the measurements beyond `name` and `part`: of the last repeat. */
  texts: ReadonlyMap<string, string>;
}

/** Median (of an even number: the mean of the middle two), least and greatest. @throws RangeError for none. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = (sorted.length - 1) / 2;
  const [low, high] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  const [min, max] = [sorted[0], sorted.at(-1)];
  if (low === undefined || high === undefined || min === undefined || max === undefined) {
    throw new RangeError('there is no median of nothing');
  }
  return { median: (low + high) / 2, min, max };
}

/**
 * The value below which the given share of all values lies (nearest rank).
 * @param share of 1: 0.99 for p99.
 * @throws RangeError for no values.
 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new RangeError('there is no percentile of nothing');
  return value;
}

/** One summary for each name × watchers × rate × part, in the order in which they first came. */
export function summarize(measurements: readonly Measurement[]): Summary[] {
  const groups = new Map<string, Measurement[]>();
  for (const measurement of measurements) {
    const { name, watchers, rate } = measurement;
    const key = JSON.stringify([name, watchers, rate, measurement['part']]);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(measurement);
  }
  return [...groups.values()].flatMap(summaryOf);
}

const COMMON = new Set(['name', 'watchers', 'rate', 'part']);

function summaryOf(repeats: readonly Measurement[]): Summary[] {
  const [first] = repeats;
  if (first === undefined) return [];
  const { name, watchers, rate, part } = first;
  const keys = new Set(repeats.flatMap((repeat) => Object.keys(repeat)).filter((key) => !COMMON.has(key)));
  const figures = new Map<string, Spread>();
  const texts = new Map<string, string>();
  for (const key of keys) {
    const values = repeats.map((repeat) => repeat[key]);
    const numbers = values.filter((value) => typeof value === 'number');
    if (numbers.length > 0) figures.set(key, spreadOf(numbers));
    const text = values.findLast((value) => typeof value === 'string');
    if (text !== undefined) texts.set(key, text);
  }
  const where = { name, watchers, rate, ...(typeof part === 'string' ? { part } : {}) };
  return [{ ...where, repeats: repeats.length, figures, texts }];
}
