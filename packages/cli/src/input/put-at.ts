import { UsageError } from './usage-error.ts';

/**
 * A copy of an input with a value at a place. Missing parts are made: a list for a number, an object for a name.
 * @throws UsageError if a part of the place is neither.
 */
export function putAt(input: object, place: readonly string[], value: unknown): object {
  const [name = '', ...rest] = place;
  const part: unknown = Reflect.get(input, name);
  const next = rest.length === 0 ? value : putAt(containerFor(part, rest), rest, value);
  if (!Array.isArray(input)) return { ...input, [name]: next };
  const before: readonly unknown[] = input;
  const items = [...before];
  items[Number(name)] = next;
  return items;
}

function containerFor(before: unknown, rest: readonly string[]): object {
  if (before === undefined) return /^\d+$/.test(rest[0] ?? '') ? [] : {};
  if (typeof before === 'object' && before !== null) return before;
  throw new UsageError(`--file: --input has no place for ${rest.join('.')}: leave that part of --input out`);
}
