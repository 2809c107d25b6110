import { storedForm } from './json/stored-form.ts';
import { taskDefinitions, type TaskKind } from './registry.ts';
import type { JsonValue } from './json/type-assertions.ts';

/** The stored form of a kind's input: see `storedForm`. */
export function storedInput(kind: TaskKind, given: unknown): JsonValue {
  return storedForm(taskDefinitions[kind].input, given);
}
