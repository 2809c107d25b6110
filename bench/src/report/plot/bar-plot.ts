import type { Plot } from '../../scenario.ts';
import type { Drawing } from './line-plot.ts';
import { axisOf, element, label, shown } from './scales.ts';
import type { Point, Series } from './series.ts';
import { WIDTH, seriesClass } from './theme.ts';

const TOP = 72;
const ROW = 34;
const BAR = 20;
const CHARACTER = 7.4;
/** Room for a value behind the longest bar. */
const VALUE_ROOM = 90;

interface Row {
  series: Series;
  point: Point;
  place: number;
}

function drawRow({ series, point, place }: Row, left: number, at: (value: number) => number): string {
  const y = TOP + place * ROW;
  const middle = y + BAR / 2;
  const { median, min, max } = point;
  const name = label(series.name, { class: 'ink', x: left - 12, y: middle + 4, 'text-anchor': 'end' });
  const bar = element('rect', { class: 'bar', x: left, y, width: Math.max(1, at(median) - left), height: BAR, rx: 3 });
  const whisker =
    min === max ? '' : element('line', { class: 'whisker', x1: at(min), x2: at(max), y1: middle, y2: middle });
  const value = label(shown(median), { class: 'value', x: at(Math.max(median, max)) + 8, y: middle + 4 });
  const group = { class: `${seriesClass(series.isOurs ? 0 : 8)}${series.isOurs ? ' ours' : ''}` };
  return element('g', group, name + bar + whisker + value);
}

/** A bar for each series, least first, with its figure and the spread of its repeats: for series of one point. */
export function barPlot(plot: Plot, series: readonly Series[]): Drawing {
  const rows = series
    .flatMap((each) => each.points.slice(0, 1).map((point) => ({ series: each, point })))
    .sort((one, other) => one.point.median - other.point.median)
    .map((row, place): Row => ({ ...row, place }));
  const longest = Math.max(...rows.map((row) => row.series.name.length));
  const left = 36 + longest * CHARACTER;
  const values = rows.map(({ point }) => Math.max(point.median, point.max));
  const { place: at, ticks } = axisOf(
    [...values, ...rows.map(({ point }) => point.median)],
    [left, WIDTH - VALUE_ROOM],
  );
  const bottom = TOP + rows.length * ROW;
  const grid = ticks.map((tick) => {
    const x = at(tick);
    return (
      element('line', { class: 'grid', x1: x, x2: x, y1: TOP - 8, y2: bottom }) +
      label(shown(tick), { class: 'tick', x, y: bottom + 18, 'text-anchor': 'middle' })
    );
  });
  const bars = rows.map((row) => drawRow(row, left, at));
  const caption = label(plot.yLabel, {
    class: 'quiet',
    x: (left + WIDTH - VALUE_ROOM) / 2,
    y: bottom + 42,
    'text-anchor': 'middle',
  });
  return { body: [...grid, ...bars, caption].join(''), height: bottom + 62 };
}
