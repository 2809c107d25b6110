import type * as z from 'zod';
import type { AnyTaskDefinition } from '../definition/definition-types.ts';
import type { TaskMessage, TaskState, UnknownTaskState } from '../reading/messages.ts';
import type { CatalogMessage, CatalogState } from './catalog-messages.ts';
import type { TaskRequest, TaskRequestInput } from './task-request.ts';

// The schemas of a kind have checked these values; the compiler cannot follow a kind from its name to its schemas.

export function catalogStateOf<Definition extends AnyTaskDefinition>(state: TaskState): CatalogState<Definition> {
  return state as CatalogState<Definition>;
}

export function catalogMessageOf<Definition extends AnyTaskDefinition>(
  message: TaskMessage | TaskMessage<AnyTaskDefinition, UnknownTaskState>,
): CatalogMessage<Definition> {
  return message as CatalogMessage<Definition>;
}

/** The union of the requests of the same definitions. */
export function requestSchemaOf<Definition extends AnyTaskDefinition>(
  schema: z.ZodType,
): z.ZodType<TaskRequest<Definition>, TaskRequestInput<Definition>> {
  return schema as z.ZodType<TaskRequest<Definition>, TaskRequestInput<Definition>>;
}
