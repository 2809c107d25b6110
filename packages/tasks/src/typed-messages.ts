import {
  TaskwireError,
  type TaskMessage as UntypedTaskMessage,
  type TaskEventOf,
  type TaskState as UntypedTaskState,
  type TypedTaskMessage,
  type TypedTaskState,
  type UnreadableEvent,
} from '@taskwire/protocol';
import { isTaskKind, taskDefinitions, taskOutcomeSchema, type TaskKind, type TaskOutput } from './registry.ts';
import { isUnknownKind, type AnyKind, type UnknownKind } from './unknown-kind.ts';

/** State of a task whose kind this build does not have; its output stays as stored. */
export interface UnknownTaskState extends TypedTaskState<UnknownKind, unknown> {
  kindKnown: false;
}

/**
 * State of a task of one kind; over several kinds, a union by `kind`, with the state of unknown kinds. An output that does
 * not fit the kind's schema is in `unreadableOutput`.
 */
export type TaskState<Kind extends AnyKind = AnyKind> = {
  [Each in Kind]: Each extends TaskKind ? TypedTaskState<Each, TaskOutput<Each>> : UnknownTaskState;
}[Kind];

/**
 * Message to a watcher of a task of one kind; over several kinds, a union. If the output of a
 * `done` event does not fit the kind's schema, or this build does not have the kind, the event becomes `unreadable`.
 */
export type TaskMessage<Kind extends AnyKind = AnyKind> = TypedTaskMessage<
  TaskState<Kind>,
  TaskOutput<Extract<Kind, TaskKind>>
>;

/** Checks a state and gives it the types of its kind. */
export function typedState(state: UntypedTaskState): TaskState {
  const { kind, output: given, unreadableOutput, ...rest } = state;
  const output = given ?? unreadableOutput;
  if (isUnknownKind(kind)) return { ...rest, kind, kindKnown: false, ...(output === undefined ? {} : { output }) };
  const outcome = taskOutcomeSchema.safeParse(output === undefined ? { kind } : { kind, output });
  if (outcome.success) return { ...rest, ...outcome.data };
  return { ...rest, ...taskOutcomeSchema.parse({ kind }), unreadableOutput: output };
}

/** Checks a message of a task of `kind` and gives it the types of that kind. */
export function typedMessage(kind: string, message: UntypedTaskMessage): TaskMessage {
  switch (message.type) {
    case 'snapshot':
      return { ...message, state: typedState(message.state) };
    case 'done':
      return isTaskKind(kind) ? typedDone(kind, message) : unreadableDone(message);
    default:
      return message;
  }
}

type TypedDone<Kind extends TaskKind> = Omit<TaskEventOf<'done'>, 'output'> & { output: TaskOutput<Kind> };

function typedDone<Kind extends TaskKind>(kind: Kind, message: TaskEventOf<'done'>): TypedDone<Kind> | UnreadableEvent {
  const output = taskDefinitions[kind].output.safeParse(message.output);
  return output.success ? { ...message, output: output.data } : unreadableDone(message);
}

function unreadableDone({ taskId, projectId, seq, attempt, at, output }: TaskEventOf<'done'>): UnreadableEvent {
  return { taskId, projectId, seq, attempt, at, type: 'unreadable', originalType: 'done', output };
}

/**
 * Checks a message and narrows it to one kind, for a watcher that knows the kind of its task.
 * @throws TaskwireError INVALID_INPUT, naming the field, if the task is of another kind.
 */
export function messageOfKind<Kind extends TaskKind>(
  kind: Kind,
  message: UntypedTaskMessage,
): TypedTaskMessage<TypedTaskState<Kind, TaskOutput<Kind>>, TaskOutput<Kind>> {
  switch (message.type) {
    case 'snapshot':
      return { ...message, state: stateOfKind(kind, message.state) };
    case 'done':
      return typedDone(kind, message);
    default:
      return message;
  }
}

/**
 * Checks a state and narrows it to one kind.
 * @throws TaskwireError INVALID_INPUT, naming the field, if the task is of another kind.
 */
export function stateOfKind<Kind extends TaskKind>(
  kind: Kind,
  state: UntypedTaskState,
): TypedTaskState<Kind, TaskOutput<Kind>> {
  if (state.kind !== kind) throw wrongKind(kind, state.kind);
  const { output: given, unreadableOutput, ...rest } = state;
  const output = given ?? unreadableOutput;
  if (output === undefined) return { ...rest, kind };
  const parsed = taskDefinitions[kind].output.safeParse(output);
  return parsed.success ? { ...rest, kind, output: parsed.data } : { ...rest, kind, unreadableOutput: output };
}

function wrongKind(expected: string, found: string): TaskwireError {
  return new TaskwireError('INVALID_INPUT', `the task is a ${found}, not a ${expected}`, {
    fields: [{ path: 'kind', message: `leave it out or give ${found}` }],
  });
}
