/** Look of a plot: sizes in pixels, and colours for light and dark pages. */
export const WIDTH = 800;

export interface Frame {
  left: number;
  right: number;
  top: number;
  bottom: number;
  height: number;
}

/** Colours of the series; the first is Taskwire's. Each is readable on its background. */
const LIGHT = ['#c2410c', '#0f766e', '#1d4ed8', '#7e22ce', '#a16207', '#be185d', '#0369a1', '#4d7c0f', '#57534e'];
const DARK = ['#fb923c', '#2dd4bf', '#93b4ff', '#d0a2ff', '#facc15', '#f9a8d4', '#7dd3fc', '#bef264', '#c4beb8'];

/** The class of the series at a place in the order of drawing. */
export function seriesClass(place: number): string {
  return `series-${place % LIGHT.length}`;
}

function colors(palette: readonly string[]): string {
  return palette.map((color, place) => `.series-${place}{--color:${color}}`).join('');
}

/** The style of every plot, for light and for dark pages. */
export const STYLE = [
  'svg{--ink:#1c1917;--quiet:#6b6560;--grid:#e7e5e4;--page:#fff;',
  'font:13px ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}',
  colors(LIGHT),
  '.page{fill:var(--page)}.title{font-size:17px;font-weight:650;fill:var(--ink)}',
  '.quiet{fill:var(--quiet)}.tick{fill:var(--quiet);font-size:12px;font-variant-numeric:tabular-nums}',
  '.grid{stroke:var(--grid);stroke-width:1}.axis{stroke:var(--quiet);stroke-width:1}',
  '.line{fill:none;stroke:var(--color);stroke-width:1.75;stroke-linejoin:round;stroke-linecap:round}',
  '.ours .line{stroke-width:3}.dot{fill:var(--color);stroke:var(--page);stroke-width:1.5}',
  '.spread{stroke:var(--color);stroke-width:1.25;opacity:.65}.name{fill:var(--color)}.ours .name{font-weight:650}',
  '.lead{stroke:var(--color);stroke-width:1;opacity:.45;fill:none}',
  '.bar{fill:var(--color);opacity:.45}.ours .bar{opacity:.95}.ink{fill:var(--ink)}.ours .ink{font-weight:650}',
  '.value{fill:var(--ink);font-variant-numeric:tabular-nums}.whisker{stroke:var(--ink);stroke-width:1.25}',
  '@media (prefers-color-scheme:dark){svg{--ink:#f5f5f4;--quiet:#a8a29e;--grid:#33302d;--page:#171412}',
  colors(DARK),
  '}',
].join('');
