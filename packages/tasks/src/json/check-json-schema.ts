import * as z from 'zod';
import { schemaParts } from './schema-parts.ts';
import { schemaDefinition } from './type-assertions.ts';

/** A part of a schema that JSON cannot hold, with its place: `input.widths.0`. */
export interface SchemaProblem {
  path: string;
  message: string;
}

/** Replacements for the types of schemas that JSON cannot hold. */
const REMEDIES = {
  any: 'use z.json()',
  unknown: 'use z.json()',
  bigint: 'use z.string() or z.int()',
  date: 'use z.iso.datetime(), a text',
  map: 'use z.record()',
  set: 'use z.array()',
  undefined: 'use .optional() on the field',
  void: 'use .optional() on the field, or z.null()',
  transform: 'JSON holds the value before the transform only: parse it in the handler',
  custom: 'use a schema of JSON values with .refine()',
  nan: 'use z.number()',
  file: 'use upload()',
  success: 'use z.boolean()',
  symbol: 'use z.literal()',
  function: 'leave it out',
  promise: 'leave it out',
} as const;

/** Most parts of a schema that are walked. A function that makes a schema of itself would never end. */
const MOST_PARTS = 20_000;

interface Part {
  schema: unknown;
  path: string;
  /** Whether the part is the value of an object's field, which JSON leaves out if it is undefined. */
  isField: boolean;
}

/** Finds a part of a schema that JSON cannot hold; undefined if there is none. It takes recursive schemas. */
export function findSchemaProblem(schema: unknown, root: string): SchemaProblem | undefined {
  const seen = new Set<unknown>();
  const open: Part[] = [{ schema, path: root, isField: false }];
  for (const part of open) {
    if (!(part.schema instanceof z.core.$ZodType)) return { path: part.path, message: 'is no schema of zod 4' };
    const message = problemOf(part.schema, part.isField);
    if (message !== undefined) return { path: part.path, message };
    if (seen.has(part.schema)) continue;
    seen.add(part.schema);
    // One by one: `push(...parts)` fails for very long lists, which would exceed the largest number of arguments.
    for (const inside of partsIn(part.schema, part)) open.push(inside);
    if (open.length > MOST_PARTS) return { path: root, message: TOO_MANY_PARTS };
  }
  return undefined;
}

const TOO_MANY_PARTS = `has more than ${MOST_PARTS} parts: a schema that holds itself must be made once, not by each call`;

function partsIn(schema: z.core.$ZodType, { path, isField }: Part): Part[] {
  const isOptional = schemaDefinition(schema).type === 'optional';
  return schemaParts(schema).map((part) => ({
    schema: part.schema,
    path: part.name === undefined ? path : `${path}.${part.name}`,
    isField: part.role === 'field' || (part.role === 'same' && isField && !isOptional),
  }));
}

function problemOf(schema: z.core.$ZodType, isField: boolean): string | undefined {
  const def = schemaDefinition(schema);
  if ('coerce' in def && def.coerce) return 'coercion takes values that JSON does not hold: leave it out';
  if (def.type === 'optional' && !isField) {
    return 'JSON has no undefined here: only fields of objects are optional; use .nullable()';
  }
  if (def.type === 'pipe' && 'transform' in def)
    return `JSON does not hold what a codec decodes: ${REMEDIES.transform}`;
  if (hasAsyncCheck(def)) return 'checks are synchronous: move an async one to the handler';
  return (
    valueProblemOf(def) ?? (hasRemedy(def.type) ? `JSON does not hold ${def.type}: ${REMEDIES[def.type]}` : undefined)
  );
}

function hasRemedy(type: string): type is keyof typeof REMEDIES {
  return Object.hasOwn(REMEDIES, type);
}

type Definition = ReturnType<typeof schemaDefinition>;

/** The problem of a value that stands in the schema itself. */
function valueProblemOf(def: Definition): string | undefined {
  if (def.type === 'literal' && !def.values.every(isInJson)) {
    return 'JSON holds no such literal: use a text, a finite number, a boolean or null';
  }
  if ((def.type === 'default' || def.type === 'prefault') && !isInJson(defaultOf(def))) {
    return 'JSON holds no such default: NaN and Infinity would be read as null';
  }
  return undefined;
}

/** The default; null for a function that fails here, because it may need the place where it is called. */
function defaultOf(def: { defaultValue: unknown }): unknown {
  try {
    return def.defaultValue;
  } catch {
    return null;
  }
}

/** Whether JSON holds a value. Undefined fields of objects are left out, and so no problem. */
function isInJson(value: unknown): boolean {
  if (value === undefined) return false;
  let isHeld = true;
  try {
    JSON.stringify(value, (_key, each: unknown) => {
      if (typeof each === 'number' && !Number.isFinite(each)) isHeld = false;
      return each;
    });
  } catch {
    return false;
  }
  return isHeld;
}

/** Whether a `.refine()` is given an `async` function. Another function's promise is found only when a value is checked. */
function hasAsyncCheck({ checks = [] }: Definition): boolean {
  return checks.some(({ _zod: { def } }) => 'fn' in def && isAsync(def.fn));
}

function isAsync(check: unknown): boolean {
  return Object.prototype.toString.call(check) === '[object AsyncFunction]';
}
