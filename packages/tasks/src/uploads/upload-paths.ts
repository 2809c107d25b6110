import * as z from 'zod';
import { uploadFields, type UploadRules } from './upload-collector.ts';

/** An `upload()` field of a kind's input: its place and its rules. */
export interface UploadField extends UploadRules {
  /** Dotted, below the input; `*` stands for each item or key: `image`, `pages.*.image`. */
  path: string;
}

interface Place {
  schema: unknown;
  path: readonly string[];
  /** The schemas around it: a recursive schema is walked once. */
  around: ReadonlySet<unknown>;
}

/** The `upload()` fields in a schema with their places, for the command line and for forms; each place once. */
export function uploadPathsIn(schema: z.core.$ZodType): UploadField[] {
  const found = new Map<string, UploadField>();
  const open: Place[] = [{ schema, path: [], around: new Set() }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { schema: each, path, around } = next;
    if (!(each instanceof z.core.$ZodType) || around.has(each)) continue;
    const rules = uploadFields.get(each)?.rules;
    const name = path.join('.');
    if (rules === undefined) open.push(...partsOf({ schema: each, path, around }).reverse());
    else if (!found.has(name)) found.set(name, { path: name, ...rules });
  }
  return [...found.values()];
}

function partsOf({ schema, path, around }: Place & { schema: z.core.$ZodType }): Place[] {
  const inside = new Set([...around, schema]);
  const at = (part: unknown, ...names: string[]): Place => ({
    schema: part,
    path: [...path, ...names],
    around: inside,
  });
  if (schema instanceof z.core.$ZodLazy) return [at(schema._zod.innerType)];
  if (schema instanceof z.core.$ZodObject) {
    const { shape, catchall } = schema._zod.def;
    return [...Object.entries(shape).map(([name, part]) => at(part, name)), at(catchall, '*')];
  }
  const parts = Object.values(schema._zod.def).flat();
  return parts.map((part) => (isContainer(schema) ? at(part, '*') : at(part)));
}

/** Whether the parts of a schema are items, and not other forms of the same value. */
function isContainer(schema: z.core.$ZodType): boolean {
  const { type } = schema._zod.def;
  return ['array', 'tuple', 'record', 'map', 'set'].includes(type);
}
