import { UsageError } from './usage-error.ts';

/**
 * A copy of an input with a value at a place; the place without names is the whole input. Missing parts are made: a list
 * for a number, an object for a name. A list grows by one item at most.
 * @throws UsageError if a part of the place is neither, or if a list has no such place.
 */
export function putAt(input: unknown, place: readonly string[], value: unknown): unknown {
  const [name, ...rest] = place;
  if (name === undefined) return value;
  const container = containerFor(input, place);
  const part: unknown = Object.hasOwn(container, name) ? Reflect.get(container, name) : undefined;
  const next = putAt(part, rest, value);
  if (!Array.isArray(container)) return { ...container, [name]: next };
  const before: readonly unknown[] = container;
  const items = [...before];
  items[indexIn(before, name)] = next;
  return items;
}

function indexIn(items: readonly unknown[], name: string): number {
  const index = /^(0|[1-9]\d*)$/.test(name) ? Number(name) : Infinity;
  if (index <= items.length) return index;
  throw new UsageError(
    `--file: a list has no place "${name}" after ${items.length} items; number its items from 0, without gaps`,
  );
}

function containerFor(before: unknown, place: readonly string[]): object {
  if (before === undefined) return /^\d+$/.test(place[0] ?? '') ? [] : {};
  if (typeof before === 'object' && before !== null) return before;
  throw new UsageError(`--file: --input has no place for ${place.join('.')}: leave that part of --input out`);
}
