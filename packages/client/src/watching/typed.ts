import type { TaskMessage as UntypedMessage, TaskState as UntypedState } from '@taskwire/protocol';
import type { Task } from '@taskwire/router';
import {
  isTaskKind,
  messageOfKind,
  taskDefinitions,
  typedMessage,
  typedState,
  type AnyKind,
  type TaskKind,
  type TaskMessage,
  type TaskState,
} from '@taskwire/tasks';
import { TaskwireClientError } from '../errors/client-error.ts';

/**
 * Gives a message its kind's types, by checking it. Without a kind, it gets those of the task's own.
 * @param taskKind the kind of the task, if a state of it is known.
 * @throws TaskwireError INVALID_INPUT if the task is of another kind.
 */
export function typeMessage<Kind extends AnyKind>(
  kind: Kind | undefined,
  message: UntypedMessage,
  taskKind: string | undefined,
): TaskMessage<Kind> {
  const typed = checkedMessage(kind ?? taskKind, message, kind !== undefined);
  if (isMessageOf(kind, typed)) return typed;
  throw wrongKind('message');
}

function checkedMessage(kind: string | undefined, message: UntypedMessage, isAsked: boolean): UntypedMessage {
  if (isAsked && kind !== undefined && isTaskKind(kind)) return messageOfKind(kind, message);
  return kind === undefined && message.type !== 'snapshot' ? message : typedMessage(kind ?? '', message);
}

/** The same for a state. */
export function typeState<Kind extends AnyKind>(kind: Kind | undefined, state: UntypedState): TaskState<Kind> {
  const typed = typedState(state);
  if (isStateOf(kind, typed)) return typed;
  throw wrongKind(typed.kind);
}

/**
 * Narrows a task to the kind that was asked for, by checking it. An input or output that does not fit the kind is not typed.
 * @throws TaskwireClientError INTERNAL if it is of another.
 */
export function taskOfKind<Kind extends TaskKind>(kind: Kind, task: Task): Task<Kind> {
  if (task.kind !== kind) throw wrongKind(task.kind);
  const { kind: _kind, input, output, ...facts } = task;
  const narrowed = { ...facts, kind, ...inputOf(kind, input), ...outputOf(kind, output) };
  if (isTaskOf(kind, narrowed)) return narrowed;
  throw wrongKind(kind);
}

function inputOf(kind: TaskKind, input: unknown) {
  const { success, data } = taskDefinitions[kind].input.safeParse(input);
  return success ? { input: data } : { input, inputReadable: false };
}

function outputOf(kind: TaskKind, output: unknown) {
  if (output === undefined) return {};
  const { success, data } = taskDefinitions[kind].output.safeParse(output);
  return success ? { output: data } : { unreadableOutput: output };
}

// A value that passed a kind's schemas is of that kind. Without a kind to check, `Kind` is its default: all kinds.

function isMessageOf<Kind extends AnyKind>(
  kind: Kind | undefined,
  _message: UntypedMessage,
): _message is TaskMessage<Kind> {
  return kind === undefined || isTaskKind(kind);
}

function isStateOf<Kind extends AnyKind>(kind: Kind | undefined, state: UntypedState): state is TaskState<Kind> {
  return kind === undefined || state.kind === kind;
}

function isTaskOf<Kind extends TaskKind>(kind: Kind, task: { kind: string }): task is Task<Kind> {
  return task.kind === kind;
}

function wrongKind(found: string): TaskwireClientError {
  return new TaskwireClientError('INTERNAL', `the server answered with a ${found}, which was not asked for`);
}
