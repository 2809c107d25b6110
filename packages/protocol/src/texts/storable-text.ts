import type { FieldError } from '../errors/error-code.ts';
import { TaskwireError } from '../errors/taskwire-error.ts';

/** Half of a surrogate pair without the other half, and NUL: PostgreSQL holds neither, and UTF-8 not the first. */
const REFUSED = /[\0\p{Surrogate}]/u;
const EVERY_REFUSED = /[\0\p{Surrogate}]/gu;

/** Deepest nesting of stored JSON: bounds the stack of everything that walks it. */
export const DEEPEST_JSON = 100;

/** Why a text cannot be stored, as the end of a sentence; undefined if it can. The one rule for every stored text. */
export function textProblem(text: string): string | undefined {
  const refused = REFUSED.exec(text)?.[0];
  if (refused === undefined) return undefined;
  return refused === '\0'
    ? 'must not hold a NUL character (U+0000)'
    : 'must be well-formed Unicode: it holds half of a surrogate pair';
}

/**
 * The same for a text that names somebody or something: a user id, an idempotency key. Bytes that are no UTF-8 are read
 * as U+FFFD, so that texts which differ there would name the same.
 */
export function identityProblem(text: string): string | undefined {
  const isReplaced = text.includes('\uFFFD');
  return (
    textProblem(text) ?? (isReplaced ? 'must not hold U+FFFD, which stands for bytes that are no text' : undefined)
  );
}

/** The text without what cannot be stored. */
export function withoutProblems(text: string): string {
  return text.replace(EVERY_REFUSED, '');
}

/**
 * The first place in a JSON value that cannot be stored: a text or a key of an object that is ill-formed, or one that is
 * nested too deeply. Undefined if there is none. Paths are dotted, and begin with `root` if that is given.
 */
export function findTextProblem(value: unknown, root = ''): FieldError | undefined {
  const waiting: Place[] = [{ value, path: root, depth: 0 }];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const message = problemAt(place);
    if (message !== undefined) return { path: place.path === '' ? '(input)' : withoutProblems(place.path), message };
    // One by one: a call takes only so many arguments.
    for (const inside of placesIn(place).reverse()) waiting.push(inside);
  }
  return undefined;
}

/** @throws TaskwireError INVALID_INPUT, naming the field, if a value from a caller cannot be stored. */
export function checkStorable(value: unknown, root = ''): void {
  const problem = findTextProblem(value, root);
  if (problem !== undefined) {
    throw new TaskwireError('INVALID_INPUT', `${problem.path}: ${problem.message}`, { fields: [problem] });
  }
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
