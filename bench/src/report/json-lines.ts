import type { Spread, Summary } from './statistics.ts';

/** Digits kept behind the point. */
const DIGITS = 4;

function rounded(value: number): number {
  return Number(value.toFixed(DIGITS));
}

function endsOf({ min, max }: Spread): [number, number] {
  return [rounded(min), rounded(max)];
}

/**
 * A summary as one JSON object in one line: `name`, `watchers`, `rate`, each figure's median under its own key, and under
 * `spread` the least and greatest of those that repeats differ in.
 */
export function jsonLine({ figures, texts, ...where }: Summary): string {
  const medians = [...figures].map(([key, { median }]): [string, number] => [key, rounded(median)]);
  const differing = [...figures].filter(([, { min, max }]) => min !== max);
  const spread = Object.fromEntries(differing.map(([key, figure]) => [key, endsOf(figure)]));
  return JSON.stringify({ ...where, ...Object.fromEntries(texts), ...Object.fromEntries(medians), spread });
}
