import { InvalidArgumentError } from 'commander';
import { UsageError } from './usage-error.ts';

/** Reads an option's value that must be a whole number. */
export function parseWholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

/** Reads an option's value that is a range of pages: `7`, `3-8`, `3-` or `-8`. */
export function parsePageRange(text: string): { from?: number; to?: number } {
  const match = /^(?<from>\d{0,9})(?<dash>-)?(?<to>\d{0,9})$/.exec(text);
  const { from = '', dash, to = '' } = match?.groups ?? {};
  if (from === '' && to === '')
    throw new InvalidArgumentError('It must be a page or a range of pages: 7, 3-8, 3-, -8.');
  const last = dash === undefined ? from : to;
  return { ...(from === '' ? {} : { from: Number(from) }), ...(last === '' ? {} : { to: Number(last) }) };
}

const UNIT_MS = new Map([
  ['ms', 1],
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);

/** Reads an option's value that is a length of time, such as `90s` or `1.5h`. Returns whole milliseconds. */
export function parseDuration(text: string): number {
  const match = /^(\d{1,9}(?:\.\d{1,3})?)([a-z]+)$/.exec(text);
  const unit = UNIT_MS.get(match?.[2] ?? '');
  if (unit === undefined) throw new InvalidArgumentError('It must be a number with a unit: 1500ms, 90s, 30m, 2h, 1d.');
  return Math.round(Number(match?.[1]) * unit);
}

/** Reads an option's value that must be a JSON object. @throws UsageError, naming the option. */
export function parseJsonObject(text: string, option: string): object {
  const value = parseJson(text, option);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new UsageError(`${option}: must be a JSON object, such as '{"to": 5}'`);
}

function parseJson(text: string, option: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    throw new UsageError(`${option}: is not JSON; quote it for the shell, as in ${option} '{"to": 5}'`);
  }
}
