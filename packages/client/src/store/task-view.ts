import type { Gap } from '@taskwire/protocol';
import type { AnyKind, TaskMessage, TaskState } from '@taskwire/tasks';
import type { TaskwireClientError } from '../errors/client-error.ts';

/**
 * How much a view is worth. `idle`: nobody subscribes. `connecting`: nothing has come yet. `live`: what is shown is the
 * state now. `reconnecting`: what is shown is old, the newest is on its way. `ended`: the task is over, this is how.
 * `failed`: it will not come back; `error` says why.
 */
export type ConnectionState = 'idle' | 'connecting' | 'live' | 'reconnecting' | 'ended' | 'failed';

/** What is known of a task. Never changed: a new message makes a new view. */
export interface TaskView<Kind extends AnyKind = AnyKind> {
  readonly connection: ConnectionState;
  /** The number of the last event in `state`. */
  readonly seq: number | undefined;
  readonly state: TaskState<Kind> | undefined;
  readonly lastMessage: TaskMessage<Kind> | undefined;
  /** The events that could no longer be had; `state` makes up for them. Of the latest such notice. */
  readonly gap: Gap | undefined;
  /** Why it failed or, while reconnecting, why it is away, where that is known. */
  readonly error: TaskwireClientError | undefined;
}

/** The view before anything is known. */
export const EMPTY_VIEW = {
  connection: 'idle',
  seq: undefined,
  state: undefined,
  lastMessage: undefined,
  gap: undefined,
  error: undefined,
} as const satisfies TaskView;
