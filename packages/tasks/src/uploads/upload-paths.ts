import * as z from 'zod';
import { schemaParts } from '../json/schema-parts.ts';
import { uploadFields, type UploadRules } from './upload-collector.ts';

/** An `upload()` field of a kind's input: its place and its rules. */
export interface UploadField extends UploadRules {
  /** Dotted, below the input; `*` stands for each item or key: `image`, `pages.*.image`. */
  path: string;
}

interface Place {
  schema: unknown;
  /** The name in the schema around it; absent if it is another form of the same value. */
  name?: string;
  around?: Place;
}

/** Most schemas that are visited. A schema that is used in many places has as many paths, which can double by each level. */
const MOST_PLACES = 20_000;

/**
 * The `upload()` fields in a schema with their places, for the command line and for forms; each place once, those near the
 * root first. In a schema with more than 20,000 places, fields that lie deeper are left out.
 */
export function uploadPathsIn(schema: z.core.$ZodType): UploadField[] {
  const found = new Map<string, UploadField>();
  const open: Place[] = [{ schema }];
  for (const place of open) {
    const { schema: each } = place;
    if (!(each instanceof z.core.$ZodType) || isInside(place)) continue;
    const rules = uploadFields.get(each)?.rules;
    if (rules === undefined) {
      for (const inside of placesIn(each, place)) if (open.length < MOST_PLACES) open.push(inside);
    } else {
      const path = pathOf(place);
      if (!found.has(path)) found.set(path, { path, ...rules });
    }
  }
  return [...found.values()];
}

function placesIn(schema: z.core.$ZodType, around: Place): Place[] {
  return schemaParts(schema).map((part) => ({
    schema: part.schema,
    ...(part.role === 'same' ? {} : { name: part.role === 'item' ? '*' : String(part.name) }),
    around,
  }));
}

/** Whether a schema is inside itself: a recursive schema is walked once. */
function isInside({ schema, around }: Place): boolean {
  for (let outer = around; outer !== undefined; outer = outer.around) if (outer.schema === schema) return true;
  return false;
}

function pathOf(place: Place): string {
  const names: string[] = [];
  for (let at: Place | undefined = place; at !== undefined; at = at.around)
    if (at.name !== undefined) names.push(at.name);
  return names.reverse().join('.');
}
