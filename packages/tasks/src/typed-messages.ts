import {
  TaskwireError,
  type TaskMessage as UntypedTaskMessage,
  type TaskState as UntypedTaskState,
  type TypedTaskMessage,
  type TypedTaskState,
} from '@taskwire/protocol';
import { taskDefinitions, taskOutcomeSchema, type TaskKind, type TaskOutput } from './registry.ts';

/** The state of a task of one kind; over several kinds, a union told apart by `kind`. */
export type TaskState<Kind extends TaskKind = TaskKind> = {
  [Each in Kind]: TypedTaskState<Each, TaskOutput<Each>>;
}[Kind];

/** What a watcher of a task of one kind gets; over several kinds, of any of them. */
export type TaskMessage<Kind extends TaskKind = TaskKind> = TypedTaskMessage<TaskState<Kind>, TaskOutput<Kind>>;

/**
 * Gives a state its kind's types, by checking it.
 * @throws ZodError if this build has no such kind, or the output does not fit the kind's schema.
 */
export function typedState(state: UntypedTaskState): TaskState {
  const { kind, output, ...rest } = state;
  return { ...rest, ...taskOutcomeSchema.parse(output === undefined ? { kind } : { kind, output }) };
}

/**
 * Gives a message of a task of `kind` that kind's types, by checking it.
 * @throws ZodError as `typedState` does.
 */
export function typedMessage(kind: string, message: UntypedTaskMessage): TaskMessage {
  switch (message.type) {
    case 'snapshot':
      return { ...message, state: typedState(message.state) };
    case 'done':
      return { ...message, output: outputOf(kind, message.output) };
    default:
      return message;
  }
}

function outputOf(kind: string, output: unknown): TaskOutput<TaskKind> {
  const parsed = taskOutcomeSchema.parse({ kind, output }).output;
  if (parsed === undefined) throw new TaskwireError('INTERNAL', 'a finished task has no output');
  return parsed;
}

/**
 * Narrows a message to one kind, by checking it: for a watcher that knows which kind it watches.
 * @throws TaskwireError INVALID_INPUT, naming the field, if the task is of another kind; ZodError if the output does
 * not fit the kind's schema.
 */
export function messageOfKind<Kind extends TaskKind>(
  kind: Kind,
  message: UntypedTaskMessage,
): TypedTaskMessage<TypedTaskState<Kind, TaskOutput<Kind>>, TaskOutput<Kind>> {
  switch (message.type) {
    case 'snapshot':
      return { ...message, state: stateOfKind(kind, message.state) };
    case 'done':
      return { ...message, output: taskDefinitions[kind].output.parse(message.output) };
    default:
      return message;
  }
}

function stateOfKind<Kind extends TaskKind>(
  kind: Kind,
  state: UntypedTaskState,
): TypedTaskState<Kind, TaskOutput<Kind>> {
  if (state.kind !== kind) throw wrongKind(kind, state.kind);
  const { output, ...rest } = state;
  if (output === undefined) return { ...rest, kind };
  return { ...rest, kind, output: taskDefinitions[kind].output.parse(output) };
}

function wrongKind(expected: string, found: string): TaskwireError {
  return new TaskwireError('INVALID_INPUT', `the task is a ${found}, not a ${expected}`, {
    fields: [{ path: 'kind', message: `leave it out or give ${found}` }],
  });
}
