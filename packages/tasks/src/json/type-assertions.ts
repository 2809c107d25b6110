import type * as z from 'zod';

/** A value as JSON holds it. */
export type JsonValue = null | boolean | number | string | JsonValue[] | { [field: string]: JsonValue };

/** The value of a JSON text: `JSON.parse` gives nothing else. @throws SyntaxError if the text is not JSON. */
export function parseJson(text: string): JsonValue {
  return JSON.parse(text) as JsonValue;
}

/** The definition of a schema that a zod function has made: they all are of `$ZodTypes`, which `type` discriminates. */
export function schemaDefinition(schema: z.core.$ZodType): z.core.$ZodTypes['_zod']['def'] {
  return (schema as z.core.$ZodTypes)._zod.def;
}
