import { InvalidArgumentError } from 'commander';
import { UsageError } from './usage-error.ts';

/** Reads an option's value that must be a whole number. */
export function parseWholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
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
