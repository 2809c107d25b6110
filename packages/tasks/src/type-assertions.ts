import type { TaskEvent } from '@taskwire/protocol';
import type * as z from 'zod';
import type { CatalogMessage, CatalogState } from './catalog/task-catalog.ts';
import type { TaskRequest, TaskRequestInput } from './catalog/task-request.ts';
import type { ChannelDefinitions } from './definition/channel.ts';
import type { AnyTaskDefinition } from './definition/definition-types.ts';
import type { TaskMessage, TaskState, UnknownTaskState, UntypedDataEvent } from './reading/messages.ts';

/** A value as JSON holds it. */
export type JsonValue = null | boolean | number | string | JsonValue[] | { [field: string]: JsonValue };

/** The value of a JSON text: `JSON.parse` gives nothing else. @throws SyntaxError if the text is not JSON. */
export function parseJson(text: string): JsonValue {
  return JSON.parse(text) as JsonValue;
}

/** The channels of a definition. Without any, the type parameter has its default, a record without members. */
export function channelsOf<Channels extends ChannelDefinitions>(given: Channels | undefined): Channels {
  return given ?? ({} as Channels);
}

/** The definition of a schema that a zod function has made: they all are of `$ZodTypes`, told apart by `type`. */
export function schemaDefinition(schema: z.core.$ZodType): z.core.$ZodTypes['_zod']['def'] {
  return (schema as z.core.$ZodTypes)._zod.def;
}

// The schemas of a kind have checked these values; the compiler cannot follow a kind from its name to its schemas.

export function stateOf<Definition extends AnyTaskDefinition>(state: { kind: string }): TaskState<Definition> {
  return state as TaskState<Definition>;
}

export function unknownStateOf(state: Omit<UnknownTaskState, 'kind'> & { kind: string }): UnknownTaskState {
  return state as UnknownTaskState;
}

export function messageOf<Definition extends AnyTaskDefinition>(
  event: TaskEvent | UntypedDataEvent,
): TaskMessage<Definition> {
  return event as TaskMessage<Definition>;
}

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
