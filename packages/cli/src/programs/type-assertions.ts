import type { DefinitionOf, TaskOutput, TaskReference } from '@taskwire/client';

/** The output of a task that was read with the reference; the compiler does not look into a type parameter. */
export function outputOf<Reference extends TaskReference>(output: unknown): TaskOutput<DefinitionOf<Reference>> {
  return output as TaskOutput<DefinitionOf<Reference>>;
}
