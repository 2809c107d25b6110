import type { Plot } from '../../scenario.ts';
import type { Summary } from '../statistics.ts';
import { barPlot } from './bar-plot.ts';
import { linePlot } from './line-plot.ts';
import { seriesOf } from './series.ts';
import { element, escaped, label } from './scales.ts';
import { STYLE, WIDTH } from './theme.ts';

/**
 * Draws summaries as an SVG file that reads in light and in dark pages: lines where x differs, else bars.
 * @returns undefined if none of them has what is to be drawn.
 */
export function renderPlot(plot: Plot, summaries: readonly Summary[]): string | undefined {
  const series = seriesOf(plot, summaries);
  if (series.length === 0) return undefined;
  const places = new Set(series.flatMap(({ points }) => points.map((point) => point.x)));
  const { body, height } = places.size > 1 ? linePlot(plot, series) : barPlot(plot, series);
  const title = label(plot.title, { class: 'title', x: 24, y: 34 });
  const page = element('rect', { class: 'page', width: WIDTH, height, rx: 8 });
  const frame = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${WIDTH} ${Math.round(height)}`,
    width: WIDTH,
    height,
    role: 'img',
    'aria-label': plot.title,
  };
  const content = `<title>${escaped(plot.title)}</title><style>${STYLE}</style>${page}${title}${body}`;
  return `${element('svg', frame, content)}\n`;
}
