import * as z from 'zod';
import { taskDefinitions, type TaskKind } from './registry.ts';

/** A value as JSON holds it. */
export type JsonValue = null | boolean | number | string | JsonValue[] | { [field: string]: JsonValue };

/** The form in which an input of a kind is stored: see `storedForm`. */
export function storedInput(kind: TaskKind, given: unknown): JsonValue {
  return storedForm(taskDefinitions[kind].input, given);
}

/**
 * The form in which a value is stored that a schema takes. Every reader checks it by the schema again, so it is the parsed
 * value, with its defaults, where the schema takes that for itself; where the schema transforms, it is the value as it was
 * given.
 */
export function storedForm(schema: z.ZodType, given: unknown): JsonValue {
  const parsed = jsonText(schema.safeParse(given).data);
  const again = parsed === undefined ? undefined : jsonText(schema.safeParse(JSON.parse(parsed)).data);
  const text = (again === parsed ? parsed : undefined) ?? jsonText(given) ?? 'null';
  return z.custom<JsonValue>().parse(JSON.parse(text));
}

/** Undefined for what JSON cannot hold. */
function jsonText(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
