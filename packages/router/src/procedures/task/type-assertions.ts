import type { AnyTaskDefinition } from '@taskwire/tasks';
import type { Mutation } from '../../procedure-types.ts';
import type { CatalogTask } from './task.ts';

/**
 * A task of a kind. The kind's schemas have checked input and output; `inputReadable` and `kindKnown` say otherwise to
 * readers. The compiler cannot follow a kind from its name to its schemas.
 */
export function catalogTaskOf<Definition extends AnyTaskDefinition>(task: {
  kind: string;
  kindKnown?: false;
  input?: unknown;
  inputReadable?: false;
}): CatalogTask<Definition> {
  return task as CatalogTask<Definition>;
}

/** The procedure of an input that is never absent: tRPC's type does not say so before the input is known. */
export function withInput<Input, Output>(procedure: Mutation<unknown, Output>): Mutation<Input, Output> {
  return procedure as Mutation<Input, Output>;
}
