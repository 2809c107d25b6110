import * as z from 'zod';
import { taskEventSchema, type TaskEventOf, type TaskEvent } from '../events/event.ts';
import { terminalTypeOf } from '../events/terminal-event.ts';
import { isTerminalStatus, taskStateSchema, type TaskState } from '../state/state.ts';

/** Seqs, both included, of events that a watcher can no longer get. */
export const gapSchema = z.object({ from: z.int().positive(), to: z.int().positive() });
export type Gap = z.infer<typeof gapSchema>;

/** A state and the seq of the last event in it. Seq 0: the state before the first event. */
export const taskSnapshotSchema = z.object({ seq: z.int().nonnegative(), state: taskStateSchema });
export type TaskSnapshot = z.infer<typeof taskSnapshotSchema>;

export const snapshotMessageSchema = z.object({
  type: z.literal('snapshot'),
  seq: z.int().nonnegative(),
  state: taskStateSchema,
  /** Present only if events that the watcher asked for are gone. The state stands in for them (MUST 4). */
  gap: z.exactOptional(gapSchema),
});
export type SnapshotMessage = z.infer<typeof snapshotMessageSchema>;

/** A message to a watcher of one task: a snapshot or an event. */
export const taskMessageSchema = z.discriminatedUnion('type', [snapshotMessageSchema, ...taskEventSchema.options]);
export type TaskMessage = z.infer<typeof taskMessageSchema>;

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
