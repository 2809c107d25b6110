import type { FieldError } from '@taskwire/protocol';

/** Largest number of levels of a value. A value that holds itself has more. */
const DEEPEST = 1_000;

/** A value as a handler gave it, and as its schema has parsed it. */
interface GivenValue {
  given: unknown;
  parsed: unknown;
}

interface Part extends GivenValue {
  path: string;
  depth: number;
}

/**
 * Finds a part of a parsed value that JSON does not hold, such as a Map: JSON would store another value in its place.
 * Parts that the schema leaves out do not count. An object's schema also takes a Map or a Date, so the given value counts.
 * @returns undefined if there is none.
 */
export function findValueProblem(value: GivenValue, root: string): FieldError | undefined {
  const waiting: Part[] = [{ ...value, path: root, depth: 0 }];
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    const message = problemOf(part);
    if (message !== undefined) return { path: part.path, message };
    for (const inside of partsOf(part)) waiting.push(inside);
  }
  return undefined;
}

function problemOf({ given, parsed, depth }: Part): string | undefined {
  if (depth > DEEPEST) return `is nested more than ${DEEPEST} levels deep, or holds itself`;
  if (typeof parsed === 'number' && !Number.isFinite(parsed)) return `is ${parsed}, which JSON does not hold`;
  if (['undefined', 'bigint', 'function', 'symbol'].includes(typeof parsed)) {
    return `is ${typeof parsed === 'undefined' ? '' : 'a '}${typeof parsed}, which JSON does not hold`;
  }
  const name = classOf(parsed) ?? (isObject(parsed) ? classOf(given) : undefined);
  return name === undefined ? undefined : `is a ${name}, which JSON does not hold`;
}

/** Class of an object that is neither a list nor a record of fields: `Map`, `Date`. */
function classOf(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  const name = Object.prototype.toString.call(value).slice('[object '.length, -1);
  return name === 'Object' || name === 'Array' ? undefined : name;
}

function partsOf({ given, parsed, path, depth }: Part): Part[] {
  if (!isObject(parsed)) return [];
  const fields: [string, unknown][] = Object.entries(parsed);
  return fields
    .filter(([, value]) => value !== undefined || Array.isArray(parsed))
    .reverse()
    .map(([name, value]) => {
      const givenThere: unknown = isObject(given) ? Reflect.get(given, name) : undefined;
      return { given: givenThere, parsed: value, path: `${path}.${name}`, depth: depth + 1 };
    });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
