import type { DefinitionsOf, SelectedState, TaskSelection } from '@taskwire/client';
import type { TaskEventOf } from '@taskwire/protocol';
import type { ChannelEvent } from '@taskwire/tasks';
import type { ViewerFailure } from './viewer-status.ts';

type WithOutput<State> = State extends { output?: infer Output } ? State & { output: Output } : never;

/** Properties of a viewer. */
export interface ViewerProperties<Selection extends TaskSelection> {
  /** While it is absent, nothing is watched. */
  taskId?: string | undefined;
  /** The task's kind: a definition, a name from `taskKind`, or a list of them. */
  task?: Selection;
  autoConnect?: boolean;
  showLogs?: boolean;
  /** Whether it shows failures, and that the view is not live. Absent: true. */
  showStatus?: boolean;
}

/** State of a task that is done, with its output. */
export type DoneState<Selection extends TaskSelection> = WithOutput<SelectedState<Selection>>;

/** The events that a viewer emits. */
export type ViewerEvents<Selection extends TaskSelection = undefined> = {
  /** The stream became live, for the first time or again. */
  connected: [];
  /** The stream is no longer live: it ended, failed, or was closed. */
  disconnected: [];
  token: [message: TaskEventOf<'token'>];
  progress: [message: TaskEventOf<'progress'>];
  /** An event of one of the task's channels: `channel` says which. */
  data: [message: ChannelEvent<DefinitionsOf<Selection>>];
  /** The task is done; `state.output` is its result. Also emitted for a task that ended earlier. */
  done: [state: DoneState<Selection>];
  /** The task failed, or the viewer cannot watch it, or cannot read its output. */
  error: [failure: ViewerFailure];
};

/** A function for each event of a viewer. */
export type ViewerEmitters<Selection extends TaskSelection> = {
  [Name in keyof ViewerEvents<Selection>]: (...payload: ViewerEvents<Selection>[Name]) => void;
};
