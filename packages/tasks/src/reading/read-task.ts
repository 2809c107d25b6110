import { TaskwireError, type TaskEventOf, type UnreadableEvent } from '@taskwire/protocol';
import type { AnyTaskDefinition } from '../definition/definition-types.ts';
import type { DefinitionOf, TaskReference } from '../definition/task-reference.ts';
import { messageOf, stateOf, unknownStateOf } from './type-assertions.ts';
import { checkValue, readChannels, readOutput, type ReadableKind } from './checked-values.ts';
import type {
  TaskMessage,
  TaskState,
  UnknownTaskState,
  UntypedDataEvent,
  UntypedMessage,
  UntypedState,
} from './messages.ts';

/**
 * Gives a state the types of its kind, by checking what it holds against the kind's schemas.
 * @throws TaskwireError INVALID_INPUT, naming the field, if the task is of another kind.
 */
export function readTaskState<Definition extends AnyTaskDefinition>(
  definition: Definition,
  state: UntypedState,
): TaskState<Definition>;
export function readTaskState<Reference extends TaskReference>(
  reference: Reference,
  state: UntypedState,
): TaskState<DefinitionOf<Reference>>;
export function readTaskState<Reference extends TaskReference>(
  reference: Reference,
  state: UntypedState,
): TaskState<DefinitionOf<Reference>> {
  if (state.kind !== reference.kind) throw wrongKind(reference.kind, state.kind);
  const { output, unreadableOutput, channels = {}, ...rest } = state;
  return stateOf<DefinitionOf<Reference>>({
    ...rest,
    ...readOutput(reference, output ?? unreadableOutput),
    ...readChannels(reference, channels),
  });
}

/** The state of a task whose kind is not known: with its values as they are stored. */
export function readUnknownState(state: UntypedState): UnknownTaskState {
  const { output, unreadableOutput, ...rest } = state;
  const given = output ?? unreadableOutput;
  return unknownStateOf({ ...rest, kindKnown: false, ...(given === undefined ? {} : { output: given }) });
}

/**
 * Gives a message of a task the types of its kind. If a `done` or `data` event does not fit, it becomes `unreadable`.
 * @throws TaskwireError INVALID_INPUT, naming the field, for a snapshot of a task of another kind.
 */
export function readTaskMessage<Reference extends TaskReference>(
  reference: Reference,
  message: UntypedMessage,
): TaskMessage<DefinitionOf<Reference>> {
  switch (message.type) {
    case 'snapshot':
      return { ...message, state: readTaskState(reference, message.state) };
    case 'done':
      return messageOf<DefinitionOf<Reference>>(readDone(reference, message));
    case 'data':
      return messageOf<DefinitionOf<Reference>>(readData(reference, message));
    default:
      return message;
  }
}

/** A message of a task whose kind is not known. A `done` event is `unreadable`, because the type of its output is not known. */
export function readUnknownMessage(message: UntypedMessage): TaskMessage<AnyTaskDefinition, UnknownTaskState> {
  if (message.type === 'snapshot') return { ...message, state: readUnknownState(message.state) };
  return message.type === 'done' ? unreadableDone(message) : message;
}

function readDone(kind: ReadableKind, message: TaskEventOf<'done'>): TaskEventOf<'done'> | UnreadableEvent {
  const { output, unreadableOutput } = readOutput(kind, message.output);
  return unreadableOutput === undefined ? { ...message, output: output ?? message.output } : unreadableDone(message);
}

function unreadableDone({ output, ...event }: TaskEventOf<'done'>): UnreadableEvent {
  return { ...placeOf(event), originalType: 'done', output };
}

function readData(kind: ReadableKind, message: UntypedDataEvent): UntypedDataEvent | UnreadableEvent {
  if (kind.channels === undefined) return message;
  const channel = Object.hasOwn(kind.channels, message.channel) ? kind.channels[message.channel] : undefined;
  const isOfMode = channel !== undefined && (channel.mode === 'list') === 'values' in message;
  if (!isOfMode) return { ...placeOf(message), originalType: 'data' };
  const given: readonly unknown[] = 'values' in message ? message.values : [message.value];
  const checks = given.map((value) => checkValue(channel.value, value));
  const values = checks.flatMap((check) => (check.success ? [check.data] : []));
  if (values.length < given.length) return { ...placeOf(message), originalType: 'data' };
  return 'values' in message ? { ...message, values } : { ...message, value: values[0] ?? null };
}

function placeOf(
  event: Omit<TaskEventOf<'done'>, 'type' | 'output' | 'durationMs'> & { fromSeq?: number },
): UnreadableEvent {
  const { taskId, projectId, seq, fromSeq, attempt, at } = event;
  return { taskId, projectId, seq, ...(fromSeq === undefined ? {} : { fromSeq }), attempt, at, type: 'unreadable' };
}

function wrongKind(expected: string, found: string): TaskwireError {
  return new TaskwireError('INVALID_INPUT', `the task is a ${found}, not a ${expected}`, {
    fields: [{ path: 'kind', message: `leave it out or give ${found}` }],
  });
}
