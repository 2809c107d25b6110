import type { AnyTaskDefinition, ParsedTaskInput } from '@taskwire/tasks';

/** An input that the schema of its definition has parsed. */
export function parsedInput<Definition extends AnyTaskDefinition>(parsed: unknown): ParsedTaskInput<Definition> {
  return parsed as ParsedTaskInput<Definition>;
}
