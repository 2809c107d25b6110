import type * as z from 'zod';
import { taskDefinitions, type TaskKind } from './registry.ts';
import { parseJson, type JsonValue } from './type-assertions.ts';

/** The stored form of a kind's input: see `storedForm`. */
export function storedInput(kind: TaskKind, given: unknown): JsonValue {
  return storedForm(taskDefinitions[kind].input, given);
}

/**
 * The stored form of a value that a schema accepts. Readers check it by the schema again. So it is the parsed value, with
 * defaults, if the schema maps that to itself. If the schema transforms, it is the given value.
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
