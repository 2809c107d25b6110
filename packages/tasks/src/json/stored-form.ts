import type * as z from 'zod';
import { parseJson, type JsonValue } from './type-assertions.ts';

/**
 * The form in which a value is stored that a schema accepts. Readers check it by the schema again. So it is the parsed
 * value, with defaults, if the schema maps that to itself. A schema that changes a value each time (an overwrite such as
 * one that appends) is applied once: then the given value is stored.
 */
export function storedForm(schema: z.ZodType, given: unknown): JsonValue {
  const parsed = jsonText(schema.safeParse(given).data);
  const again = parsed === undefined ? undefined : jsonText(schema.safeParse(JSON.parse(parsed)).data);
  const text = (again === parsed ? parsed : undefined) ?? jsonText(given) ?? 'null';
  return parseJson(text);
}

/** The JSON of a value; undefined if JSON cannot hold it. */
function jsonText(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
