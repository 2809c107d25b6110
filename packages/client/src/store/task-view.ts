import type { Gap } from '@taskwire/protocol';
import type { TaskSelection } from '@taskwire/tasks';
import type { TaskwireClientError } from '../errors/client-error.ts';
import type { SelectedMessage, SelectedState } from '../tasks/selected-types.ts';

/**
 * State of the connection behind a view. `idle`: there is no subscriber. `connecting`: no message has arrived. `live`: the state is
 * current. `reconnecting`: the state is old, the stream is away. `ended`: the task has ended, the state is final.
 * `failed`: reconnecting cannot help; `error` says why.
 */
export type ConnectionState = 'idle' | 'connecting' | 'live' | 'reconnecting' | 'ended' | 'failed';

/** A task as the client knows it. It is immutable: each message makes a new view. */
export interface TaskView<Selection extends TaskSelection = undefined> {
  readonly connection: ConnectionState;
  /** Seq of the last event in `state`. */
  readonly seq: number | undefined;
  readonly state: SelectedState<Selection> | undefined;
  readonly lastMessage: SelectedMessage<Selection> | undefined;
  /** Latest gap: events that are gone; `state` stands in for them. */
  readonly gap: Gap | undefined;
  /** Reason of `failed`, or of `reconnecting` if it is known. */
  readonly error: TaskwireClientError | undefined;
}

/** The view of no task, and of a task before its first subscriber. */
export const EMPTY_VIEW = {
  connection: 'idle',
  seq: undefined,
  state: undefined,
  lastMessage: undefined,
  gap: undefined,
  error: undefined,
} as const satisfies TaskView;
