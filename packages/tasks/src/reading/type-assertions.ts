import type { TaskEvent } from '@taskwire/protocol';
import type { AnyTaskDefinition } from '../definition/definition-types.ts';
import type { TaskMessage, TaskState, UnknownTaskState, UntypedDataEvent } from './messages.ts';

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
