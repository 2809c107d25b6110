import type { Plot } from '../../scenario.ts';
import { type Axis, axisOf, element, label, shown } from './scales.ts';
import type { Series } from './series.ts';
import { spreadLabels } from './spread-labels.ts';
import { WIDTH, seriesClass, type Frame } from './theme.ts';

const LABEL_GAP = 17;
/** Room for the names to the right of the lines, for each character of the longest. */
const CHARACTER = 7.2;

/** Content of a frame: the SVG and its height. */
export interface Drawing {
  body: string;
  height: number;
}

function frameFor(series: readonly Series[]): Frame {
  const longest = Math.max(...series.map(({ name }) => name.length));
  return { left: 64, right: WIDTH - 40 - longest * CHARACTER, top: 76, bottom: 410, height: 470 };
}

function axes(plot: Plot, frame: Frame, { x, y }: { x: Axis; y: Axis }): string {
  const { left, right, top, bottom } = frame;
  const rows = y.ticks.map((tick) => {
    const at = y.place(tick);
    return (
      element('line', { class: 'grid', x1: left, x2: right, y1: at, y2: at }) +
      label(shown(tick), { class: 'tick', x: left - 10, y: at + 4, 'text-anchor': 'end' })
    );
  });
  const columns = x.ticks.map((tick) => {
    const at = x.place(tick);
    return (
      element('line', { class: 'axis', x1: at, x2: at, y1: bottom, y2: bottom + 5 }) +
      label(shown(tick), { class: 'tick', x: at, y: bottom + 20, 'text-anchor': 'middle' })
    );
  });
  const base = element('line', { class: 'axis', x1: left, x2: right, y1: bottom, y2: bottom });
  const names =
    label(plot.yLabel, { class: 'quiet', x: 24, y: top - 24 }) +
    label(plot.xLabel, { class: 'quiet', x: (left + right) / 2, y: bottom + 44, 'text-anchor': 'middle' });
  return [...rows, base, ...columns, names].join('');
}

function drawSeries(
  series: Series,
  place: number,
  { x, y, labelAt }: { x: Axis; y: Axis; labelAt: LabelPlace },
): string {
  const { points, name, isOurs } = series;
  const path = points.map((point) => `${x.place(point.x).toFixed(1)},${y.place(point.median).toFixed(1)}`).join(' ');
  const spreads = points
    .filter(({ min, max }) => min > 0 && min !== max)
    .map((point) => {
      const at = x.place(point.x);
      return element('line', { class: 'spread', x1: at, x2: at, y1: y.place(point.min), y2: y.place(point.max) });
    });
  const dots = points.map((point) => {
    return element('circle', { class: 'dot', cx: x.place(point.x), cy: y.place(point.median), r: isOurs ? 4.5 : 3.5 });
  });
  const { from, to } = labelAt;
  const lead = element('polyline', { class: 'lead', points: `${from.x + 6},${from.y} ${to.x - 4},${to.y}` });
  const text = label(name, { class: 'name', x: to.x, y: to.y + 4 });
  const line = element('polyline', { class: 'line', points: path });
  const group = { class: `${seriesClass(place)}${isOurs ? ' ours' : ''}` };
  return element('g', group, [line, ...spreads, ...dots, lead, text].join(''));
}

interface LabelPlace {
  from: { x: number; y: number };
  to: { x: number; y: number };
}

function labelPlaces(series: readonly Series[], frame: Frame, { x, y }: { x: Axis; y: Axis }): LabelPlace[] {
  const ends = series.map(({ points }) => {
    const last = points.at(-1);
    return last === undefined ? { x: frame.right, y: frame.bottom } : { x: x.place(last.x), y: y.place(last.median) };
  });
  const heights = spreadLabels(
    ends.map((end) => end.y),
    LABEL_GAP,
    [frame.top, frame.bottom],
  );
  return ends.map((from, index) => ({ from, to: { x: frame.right + 18, y: heights[index] ?? from.y } }));
}

/** A line for each series over x, with the spread of the repeats at each point, and its name at its end. */
export function linePlot(plot: Plot, series: readonly Series[]): Drawing {
  const frame = frameFor(series);
  const points = series.flatMap((each) => each.points);
  const spreads = points.flatMap(({ median, min, max }) => (min > 0 ? [min, max] : [median, max]));
  const scales = {
    x: axisOf(
      points.map((point) => point.x),
      [frame.left + 12, frame.right - 12],
      plot.logX,
    ),
    y: axisOf(spreads, [frame.bottom, frame.top], plot.logY),
  };
  const places = labelPlaces(series, frame, scales);
  const lines = series.map((each, place) => {
    const labelAt = places[place];
    return labelAt === undefined ? '' : drawSeries(each, place, { ...scales, labelAt });
  });
  // Ours lies on top.
  return { body: axes(plot, frame, scales) + lines.toReversed().join(''), height: frame.height };
}
