import type {
  DataValue,
  SnapshotMessage,
  TaskEvent,
  TaskEventOf,
  TaskMessage as UntypedTaskMessage,
  TaskState as UntypedTaskState,
  TypedTaskState,
} from '@taskwire/protocol';
import type * as z from 'zod';
import type { AnyTaskDefinition, ChannelNameOf, ChannelStates, TaskOutput } from '../definition/definition-types.ts';
import type { ChannelDefinition, ListChannel } from '../definition/channel.ts';

/**
 * The name of a kind that a program does not have: a kind of another version, or a removed one. At run time it is any
 * such name. This literal stands for all of them: a comparison with a known kind excludes it, but would not exclude
 * `string`.
 */
export type UnknownKind = '(a kind that this build does not have)';

/** State of a task whose kind the program does not have; output and channels stay as stored. */
export interface UnknownTaskState extends TypedTaskState<UnknownKind, unknown> {
  kindKnown: false;
}

/**
 * State of a task; over several definitions, a union by `kind`. An output that does not fit the kind's schema is in
 * `unreadableOutput`.
 */
export type TaskState<Definition extends AnyTaskDefinition = AnyTaskDefinition> = Definition extends AnyTaskDefinition
  ? Omit<TypedTaskState<Definition['kind'], TaskOutput<Definition>>, 'channels'> & {
      channels: ChannelStates<Definition>;
      /** Names of the channels of which a value does not fit its schema and is left out. */
      unreadableChannels?: readonly string[];
    }
  : never;

/** Fields of each event of a channel. */
type DataEventFacts = Pick<TaskEventOf<'progress'>, 'taskId' | 'projectId' | 'seq' | 'fromSeq' | 'attempt' | 'at'> & {
  type: 'data';
};

/** An event of a channel, before its values are checked. */
export type UntypedDataEvent = DataEventFacts & {
  channel: string;
} & ({ value: DataValue } | { index: number; keep: number; values: unknown[] });

/** A message of a task, before its values are checked. */
export type UntypedMessage = UntypedTaskMessage | UntypedDataEvent;

/** A state of a task, before its values are checked. */
export type UntypedState = UntypedTaskState & { channels?: Readonly<Record<string, unknown>> };

/** A value of a channel. Without a schema it is any that JSON holds. */
type KnownValue<Value> = unknown extends Value ? DataValue : Value;

type ChannelData<Channel extends ChannelDefinition> =
  Channel extends ListChannel<infer Item>
    ? { index: number; keep: number; values: z.output<Item>[] }
    : { value: KnownValue<z.output<Channel['value']>> };

type DataEventOf<Definition extends AnyTaskDefinition, Name extends ChannelNameOf<Definition>> = DataEventFacts & {
  channel: Name;
} & ChannelData<Definition['channels'][Name]>;

/** Event of a task's channels; a union by `channel`, over several definitions of the channels of each. */
export type ChannelEvent<Definition extends AnyTaskDefinition> = Definition extends AnyTaskDefinition
  ? { [Name in ChannelNameOf<Definition>]: DataEventOf<Definition, Name> }[ChannelNameOf<Definition>]
  : never;

/** An event of a task. A `done` or `data` event whose values do not fit their schemas is `unreadable`. */
export type TypedTaskEvent<Definition extends AnyTaskDefinition = AnyTaskDefinition> =
  | Exclude<TaskEvent, { type: 'done' | 'data' }>
  | (Omit<TaskEventOf<'done'>, 'output'> & { output: TaskOutput<Definition> })
  | ChannelEvent<Definition>;

/** A message to a watcher of a task. `State` may have more members than the definitions give: see `UnknownTaskState`. */
export type TaskMessage<Definition extends AnyTaskDefinition = AnyTaskDefinition, State = TaskState<Definition>> =
  (Omit<SnapshotMessage, 'state'> & { state: State }) | TypedTaskEvent<Definition>;
