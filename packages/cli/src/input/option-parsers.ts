import { openAsBlob } from 'node:fs';
import { stat } from 'node:fs/promises';
import { InvalidArgumentError } from 'commander';
import { UsageError } from './usage-error.ts';

/** Reads a whole number. @throws InvalidArgumentError for any other text. */
export function parseWholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

/** Reads a port. @throws InvalidArgumentError for any other text. */
export function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) throw new InvalidArgumentError('It must be a number from 1 to 65535.');
  return port;
}

/** Reads a range of pages: `7`, `3-8`, `3-` or `-8`. @throws InvalidArgumentError for any other text. */
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

/** Reads a time span, such as `90s` or `1.5h`, as whole milliseconds. @throws InvalidArgumentError for any other text. */
export function parseDuration(text: string): number {
  const match = /^(\d{1,9}(?:\.\d{1,3})?)([a-z]+)$/.exec(text);
  const unit = UNIT_MS.get(match?.[2] ?? '');
  if (unit === undefined) throw new InvalidArgumentError('It must be a number with a unit: 1500ms, 90s, 30m, 2h, 1d.');
  return Math.round(Number(match?.[1]) * unit);
}

/** Reads JSON. @throws UsageError, naming the option. */
export function parseJson(text: string, option: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    throw new UsageError(`${option}: is not JSON; quote it for the shell, as in ${option} '{"to": 5}'`);
  }
}

/**
 * Opens a file. Its bytes are read when they are sent.
 * @param option the option in the error message: `--file`.
 * @throws UsageError if the path names no readable file.
 */
export async function openFile(path: string, option: string): Promise<Blob> {
  try {
    if ((await stat(path)).isFile()) return await openAsBlob(path);
  } catch {
    throw new UsageError(`${option}: ${path} cannot be read; is the path right?`);
  }
  throw new UsageError(`${option}: ${path} is not a file`);
}
