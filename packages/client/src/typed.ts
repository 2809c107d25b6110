import type { TaskMessage as UntypedMessage, TaskState as UntypedState } from '@taskwire/protocol';
import type { Task } from '@taskwire/router';
import {
  messageOfKind,
  taskDefinitions,
  typedState,
  type TaskKind,
  type TaskMessage,
  type TaskState,
} from '@taskwire/tasks';
import { TaskwireClientError } from './client-error.ts';

/**
 * Gives a message its kind's types, by checking it. Without a kind it stays a message of any.
 * @throws TaskwireError INVALID_INPUT if the task is of another kind; ZodError if the output does not fit.
 */
export function typeMessage<Kind extends TaskKind>(kind: Kind | undefined, message: UntypedMessage): TaskMessage<Kind> {
  if (kind !== undefined) return messageOfKind(kind, message);
  if (isMessageOfAny<Kind>(kind, message)) return message;
  throw wrongKind('message');
}

/** The same for a state. */
export function typeState<Kind extends TaskKind>(kind: Kind | undefined, state: UntypedState): TaskState<Kind> {
  const typed = typedState(state);
  if (isStateOf(kind, typed)) return typed;
  throw wrongKind(typed.kind);
}

/**
 * Narrows a task to the kind that was asked for, by checking it.
 * @throws TaskwireClientError INTERNAL if it is of another; ZodError if its input or output does not fit the kind.
 */
export function taskOfKind<Kind extends TaskKind>(kind: Kind, task: Task): Task<Kind> {
  if (task.kind !== kind) throw wrongKind(task.kind);
  const { kind: _kind, input, output, ...facts } = task;
  const definition = taskDefinitions[kind];
  const narrowed = { ...facts, kind, input: definition.input.parse(input) };
  return output === undefined ? narrowed : { ...narrowed, output: definition.output.parse(output) };
}

// Without a kind to check, `Kind` is its default: the union of all kinds, to which everything belongs.

function isMessageOfAny<Kind extends TaskKind>(
  kind: Kind | undefined,
  _message: UntypedMessage,
): _message is TaskMessage<Kind> {
  return kind === undefined;
}

function isStateOf<Kind extends TaskKind>(kind: Kind | undefined, state: UntypedState): state is TaskState<Kind> {
  return kind === undefined || state.kind === kind;
}

function wrongKind(found: string): TaskwireClientError {
  return new TaskwireClientError('INTERNAL', `the server answered with a ${found}, which was not asked for`);
}
