import type { TaskMessage as UntypedMessage, TaskState as UntypedState } from '@taskwire/protocol';
import type { KindTask as Task } from '@taskwire/router';
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
import { TaskwireClientError } from './errors/client-error.ts';
import { messageOf, stateOf, taskOf } from './type-assertions.ts';

/**
 * Gives a message the types of `kind`, by checking it. Without `kind`, it gets the types of the task's own kind.
 * @param taskKind the task's own kind, if a state of it is known.
 * @throws TaskwireError INVALID_INPUT if the task is of another kind.
 */
export function typeMessage<Kind extends AnyKind>(
  kind: Kind | undefined,
  message: UntypedMessage,
  taskKind: string | undefined,
): TaskMessage<Kind> {
  if (kind !== undefined && !isTaskKind(kind)) throw wrongKind('message');
  const typed = checkedMessage(kind ?? taskKind, message, kind !== undefined);
  return messageOf(kind, typed);
}

function checkedMessage(kind: string | undefined, message: UntypedMessage, isAsked: boolean): UntypedMessage {
  if (isAsked && kind !== undefined && isTaskKind(kind)) return messageOfKind(kind, message);
  return kind === undefined && message.type !== 'snapshot' ? message : typedMessage(kind ?? '', message);
}

/** Gives a state the types of its kind in the same way. @throws TaskwireClientError INTERNAL if it is of another kind. */
export function typeState<Kind extends AnyKind>(kind: Kind | undefined, state: UntypedState): TaskState<Kind> {
  const typed = typedState(state);
  if (kind !== undefined && typed.kind !== kind) throw wrongKind(typed.kind);
  return stateOf(kind, typed);
}

/**
 * Narrows a task to the requested kind, by checking it. An input or output that does not fit the kind stays untyped.
 * @throws TaskwireClientError INTERNAL if the task is of another kind.
 */
export function taskOfKind<Kind extends TaskKind>(kind: Kind, task: Task): Task<Kind> {
  if (task.kind !== kind) throw wrongKind(task.kind);
  const { kind: _kind, input, output, ...facts } = task;
  const narrowed = { ...facts, kind, ...inputOf(kind, input), ...outputOf(kind, output) };
  return taskOf(kind, narrowed);
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

function wrongKind(found: string): TaskwireClientError {
  return new TaskwireClientError('INTERNAL', `the server answered with a ${found}, which was not asked for`);
}
