import type { FieldError } from '../errors/field-error.ts';
import { invalidInput } from '../errors/taskwire-error.ts';

/** NUL, and half of a surrogate pair without the other half: PostgreSQL stores neither. */
const REFUSED = /[\0\p{Surrogate}]/u;
const EVERY_REFUSED = /[\0\p{Surrogate}]/gu;

/** Deepest nesting (levels) of stored JSON: bounds the stack of code that walks it. */
export const DEEPEST_JSON = 100;

/** Reason why a text cannot be stored, as the end of a sentence; undefined if it can. The rule of every stored text. */
export function textProblem(text: string): string | undefined {
  const refused = REFUSED.exec(text)?.[0];
  if (refused === undefined) return undefined;
  return refused === '\0'
    ? 'must not hold a NUL character (U+0000)'
    : 'must be well-formed Unicode: it holds half of a surrogate pair';
}

/**
 * Reason why a text cannot be an identity, such as a user id or an idempotency key; undefined if it can. Decoders replace
 * invalid UTF-8 by U+FFFD, so two different identities would become the same text.
 */
export function identityProblem(text: string): string | undefined {
  const isReplaced = text.includes('\uFFFD');
  return (
    textProblem(text) ?? (isReplaced ? 'must not hold U+FFFD, which stands for bytes that are no text' : undefined)
  );
}

/** The text without the characters that cannot be stored. */
export function withoutProblems(text: string): string {
  return text.replace(EVERY_REFUSED, '');
}

/**
 * The first place in a JSON value that cannot be stored: an ill-formed text or key, or a value that is nested too
 * deeply. Undefined if there is none. Paths are dotted and begin with `root` if it is given.
 */
export function findTextProblem(value: unknown, root = ''): FieldError | undefined {
  const waiting: Place[] = [{ value, path: root, depth: 0 }];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const message = problemAt(place);
    if (message !== undefined) return { path: place.path === '' ? '(input)' : withoutProblems(place.path), message };
    // One by one: `push(...items)` fails for very long lists, which would exceed the largest number of arguments.
    for (const inside of placesIn(place).reverse()) waiting.push(inside);
  }
  return undefined;
}

/** @throws TaskwireError INVALID_INPUT, naming the field, if a value from a caller cannot be stored. */
export function checkStorable(value: unknown, root = ''): void {
  const problem = findTextProblem(value, root);
  if (problem !== undefined) throw invalidInput([problem]);
}

interface Place {
  value: unknown;
  path: string;
  depth: number;
  /** The key under which the value stands in an object. */
  key?: string;
}

function problemAt({ value, depth, key = '' }: Place): string | undefined {
  if (depth > DEEPEST_JSON) return `must not be nested more than ${DEEPEST_JSON} levels deep`;
  const ofKey = textProblem(key);
  if (ofKey !== undefined) return `the name of the field ${ofKey}`;
  return typeof value === 'string' ? textProblem(value) : undefined;
}

function placesIn({ value, path, depth }: Place): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = (key: string) => (path === '' ? key : `${path}.${key}`);
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return items.map((item, index) => ({ value: item, path: inside(String(index)), depth: depth + 1 }));
  }
  const fields: [string, unknown][] = Object.entries(value);
  return fields.map(([key, item]) => ({ value: item, path: inside(key), depth: depth + 1, key }));
}
