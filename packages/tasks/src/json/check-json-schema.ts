import type * as z from 'zod';
import { schemaDefinition } from './type-assertions.ts';

/** A part of a schema that JSON cannot hold, with its place: `input.widths.0`. */
export interface SchemaProblem {
  path: string;
  message: string;
}

/** What to write in the place of a part of a schema that JSON cannot hold. */
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
  symbol: 'use z.literal()',
  function: 'leave it out',
  promise: 'leave it out',
} as const;

interface Part {
  schema: z.core.$ZodType;
  path: string;
  /** Whether the part is the value of an object's field, which JSON leaves out if it is undefined. */
  isField: boolean;
}

/** Finds a part of a schema that JSON cannot hold; undefined if there is none. It takes recursive schemas. */
export function findSchemaProblem(schema: z.core.$ZodType, root: string): SchemaProblem | undefined {
  const seen = new Set<z.core.$ZodType>();
  const open: Part[] = [{ schema, path: root, isField: false }];
  for (let part = open.shift(); part !== undefined; part = open.shift()) {
    const message = problemOf(part);
    if (message !== undefined) return { path: part.path, message };
    if (seen.has(part.schema)) continue;
    seen.add(part.schema);
    open.push(...partsOf(part));
  }
  return undefined;
}

function problemOf({ schema, isField }: Part): string | undefined {
  const def = schemaDefinition(schema);
  if ('coerce' in def && def.coerce) return 'coercion takes values that JSON does not hold: leave it out';
  if (def.type === 'optional' && !isField) {
    return 'JSON has no undefined here: only fields of objects are optional; use .nullable()';
  }
  if (def.type === 'literal' && def.values.some((value) => value === undefined || typeof value === 'bigint')) {
    return 'JSON holds no such literal: use a text, a number, a boolean or null';
  }
  if (def.type === 'pipe' && 'transform' in def)
    return `JSON does not hold what a codec decodes: ${REMEDIES.transform}`;
  return hasRemedy(def.type) ? `JSON does not hold ${def.type}: ${REMEDIES[def.type]}` : undefined;
}

function hasRemedy(type: string): type is keyof typeof REMEDIES {
  return Object.hasOwn(REMEDIES, type);
}

/** The parts of a schema: of an object its fields, of a union its options, of a wrapper what it wraps. */
function partsOf({ schema, path, isField }: Part): Part[] {
  const def = schemaDefinition(schema);
  const inner = (each: z.core.$ZodType, name?: string | number): Part => ({
    schema: each,
    path: name === undefined ? path : `${path}.${name}`,
    isField: name === undefined && isField,
  });
  switch (def.type) {
    case 'object':
      return [
        ...Object.entries(def.shape).map(([name, field]) => ({ ...inner(field, name), isField: true })),
        ...(def.catchall === undefined ? [] : [inner(def.catchall, '*')]),
      ];
    case 'array':
      return [inner(def.element, '*')];
    case 'tuple':
      return [
        ...def.items.map((item, index) => inner(item, index)),
        ...(def.rest === null ? [] : [inner(def.rest, '*')]),
      ];
    case 'record':
      return [inner(def.keyType, '*'), inner(def.valueType, '*')];
    case 'union':
      return def.options.map((option) => inner(option));
    case 'intersection':
      return [inner(def.left), inner(def.right)];
    case 'pipe':
      return [inner(def.in), inner(def.out)];
    case 'lazy':
      return [inner(def.getter())];
    case 'optional':
      return [{ ...inner(def.innerType), isField: false }];
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'readonly':
    case 'catch':
    case 'success':
      return [inner(def.innerType)];
    default:
      return [];
  }
}
