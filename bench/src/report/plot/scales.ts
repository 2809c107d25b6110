import { scaleLinear, scaleLog } from 'd3-scale';

/** Positions of values on an axis. */
export interface Axis {
  /** In pixels. */
  place: (value: number) => number;
  ticks: readonly number[];
}

/** About how many ticks an axis is given. */
const TICKS = 6;
/** With fewer powers of ten than this, a logarithmic axis also has ticks at their doubles and quintuples. */
const FEW_POWERS = 3;

/** From 0 to a round number above the greatest value. */
function linearAxis(values: readonly number[], pixels: readonly [number, number]): Axis {
  const scale = scaleLinear()
    .domain([0, Math.max(...values) || 1])
    .range(pixels)
    .nice(TICKS);
  return { place: (value) => scale(value), ticks: scale.ticks(TICKS) };
}

/** 1, 2 and 5 times every power of ten around a value. */
function stepsAround(value: number): number[] {
  const power = Math.floor(Math.log10(value));
  return [power - 1, power, power + 1].flatMap((exponent) => [1, 2, 5].map((digit) => Number(`${digit}e${exponent}`)));
}

/** From the step (1, 2, 5 × a power of ten) below the least value to the one above the greatest. */
function logarithmicAxis(values: readonly number[], pixels: readonly [number, number]): Axis {
  const [least, greatest] = [Math.min(...values), Math.max(...values)];
  const low = stepsAround(least).findLast((step) => step <= least) ?? least;
  const high = stepsAround(greatest).find((step) => step >= greatest && step > low) ?? greatest * 2;
  const scale = scaleLog().domain([low, high]).range(pixels);
  const digits = Math.log10(high / low) > FEW_POWERS ? ['1'] : ['1', '2', '5'];
  const ticks = scale.ticks().filter((tick) => digits.includes(tick.toExponential().charAt(0)));
  return { place: (value) => scale(value), ticks };
}

/** An axis that has room for all values. @param pixels where its beginning and its end stand. */
export function axisOf(values: readonly number[], pixels: readonly [number, number], isLogarithmic = false): Axis {
  return isLogarithmic ? logarithmicAxis(values, pixels) : linearAxis(values, pixels);
}

/** A number as an axis or a bar shows it: 1,500, 9.6, 0.25. */
export function shown(value: number): string {
  const digits = value >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 };
  return value.toLocaleString('en-US', digits);
}

/** Text as it may stand in SVG, in an attribute too. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/**
 * An SVG element as text.
 * @param content SVG already; texts are to be `escaped`.
 */
export function element(name: string, attributes: Readonly<Record<string, string | number>>, content = ''): string {
  const written = Object.entries(attributes).map(([key, value]) => {
    return ` ${key}="${typeof value === 'number' ? String(Math.round(value * 100) / 100) : escaped(value)}"`;
  });
  return content === '' ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${content}</${name}>`;
}

/** A line of text. */
export function label(text: string, attributes: Readonly<Record<string, string | number>>): string {
  return element('text', attributes, escaped(text));
}
