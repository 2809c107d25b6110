import { taskEventSchema, type TaskEventOf, type TaskEvent } from '../events/event.ts';
import { terminalTypeOf } from '../events/terminal-event.ts';
import { literal, object, optional, variants, wholeNumber, type SchemaValue } from '../schemas/index.ts';
import { isTerminalStatus, taskStateSchema, type TaskState } from '../state/state.ts';

/** Seqs, both included, of events that a watcher can no longer get. */
export const gapSchema = object({ from: wholeNumber({ min: 1 }), to: wholeNumber({ min: 1 }) });
export type Gap = SchemaValue<typeof gapSchema>;

/** A state and the seq of the last event in it. Seq 0: the state before the first event. */
export const taskSnapshotSchema = object({ seq: wholeNumber({ min: 0 }), state: taskStateSchema });
export type TaskSnapshot = SchemaValue<typeof taskSnapshotSchema>;

export const snapshotMessageSchema = object({
  type: literal('snapshot'),
  seq: wholeNumber({ min: 0 }),
  state: taskStateSchema,
  /** Present only if events that the watcher asked for are gone. The state stands in for them (MUST 4). */
  gap: optional(gapSchema),
});
export type SnapshotMessage = SchemaValue<typeof snapshotMessageSchema>;

/** A message to a watcher of one task: a snapshot or an event. */
export const taskMessageSchema = variants({ snapshot: snapshotMessageSchema, ...taskEventSchema.variants });
export type TaskMessage = SchemaValue<typeof taskMessageSchema>;

/** Whether this message is the last. An `unreadable` event ends a task if its `originalType` does. */
export function isTerminalMessage(message: TaskMessage): boolean {
  return message.type === 'snapshot' ? isTerminalStatus(message.state.status) : terminalTypeOf(message) !== undefined;
}

/** A state whose kind and output are known. `Kind` is a single kind; see `@taskwire/tasks` for the union of all. */
export type TypedTaskState<Kind extends string, Output> = Omit<TaskState, 'kind' | 'output'> & {
  kind: Kind;
  output?: Output;
};

/** The messages of a task whose state and output have known types. */
export type TypedTaskMessage<State, Output> =
  | (Omit<SnapshotMessage, 'state'> & { state: State })
  | Exclude<TaskEvent, TaskEventOf<'done'>>
  | (Omit<TaskEventOf<'done'>, 'output'> & { output: Output });
