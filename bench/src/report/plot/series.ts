import type { Plot } from '../../scenario.ts';
import type { Spread, Summary } from '../statistics.ts';

/** The series that is drawn strongest, and first. */
const OURS = 'taskwire';

export interface Point extends Spread {
  x: number;
}

export interface Series {
  name: string;
  isOurs: boolean;
  /** By x, rising. */
  points: readonly Point[];
}

/** One series for each name (and part): ours first, then by the last value, greatest first; nothing without figures. */
export function seriesOf(plot: Plot, summaries: readonly Summary[]): Series[] {
  const byName = new Map<string, Point[]>();
  for (const summary of summaries) {
    const x = valueAt(summary, plot.x);
    const y = summary.figures.get(plot.y);
    if (y === undefined || !isDrawable(y.median, plot.logY) || !isDrawable(x, plot.logX)) continue;
    const name = summary.part === undefined ? summary.name : `${summary.name}, ${summary.part}`;
    const points = byName.get(name) ?? [];
    byName.set(name, points);
    points.push({ x, ...y });
  }
  const all = [...byName].map(([name, points]) => ({
    name,
    isOurs: name === OURS || name.startsWith(`${OURS},`),
    points: points.sort((one, other) => one.x - other.x),
  }));
  return all.sort((one, other) => Number(other.isOurs) - Number(one.isOurs) || lastOf(other) - lastOf(one));
}

/** A logarithm has no place for 0. */
function isDrawable(value: number, isLogarithmic = false): boolean {
  return Number.isFinite(value) && (!isLogarithmic || value > 0);
}

function lastOf({ points }: Series): number {
  return points.at(-1)?.median ?? 0;
}

/** By a key that has one value for all series (`name`, for bars): 1. */
function valueAt(summary: Summary, key: string): number {
  switch (key) {
    case 'name':
    case 'part':
      return 1;
    case 'watchers':
      return summary.watchers;
    case 'rate':
      return summary.rate;
    default:
      return summary.figures.get(key)?.median ?? Number.NaN;
  }
}
