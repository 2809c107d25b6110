import type { AnyKind, TaskMessage, TaskState, TaskView } from '@taskwire/client';
import { isTerminalStatus } from '@taskwire/protocol';

/** The events that a viewer emits. */
export type ViewerEvents<Kind extends AnyKind> = {
  /** The stream became live, for the first time or again. */
  connected: [];
  /** The stream is no longer live: it ended, failed, or was closed. */
  disconnected: [];
  token: [message: Extract<TaskMessage<Kind>, { type: 'token' }>];
  progress: [message: Extract<TaskMessage<Kind>, { type: 'progress' }>];
  /** The task is done; `state.output` is its result. Also emitted for a task that ended earlier. */
  done: [state: TaskState<Kind>];
  /** The task failed, or the viewer cannot watch it. */
  error: [failure: { code: string; message: string }];
};

/** A function for each event of a viewer. */
export type ViewerEmitters<Kind extends AnyKind> = {
  [Name in keyof ViewerEvents<Kind>]: (...payload: ViewerEvents<Kind>[Name]) => void;
};

/** Emits the changes between two views of a task. `before` is undefined for the first view. */
export function emitChanges<Kind extends AnyKind>(
  emit: ViewerEmitters<Kind>,
  now: TaskView<Kind>,
  before: TaskView<Kind> | undefined,
): void {
  const is = phaseOf(now);
  const was = phaseOf(before);
  if (is.live && !was.live) emit.connected();
  if (before !== undefined) emitMessage(emit, newMessage(now, before));
  if (is.ended && !was.ended) emitEnd(emit, now);
  if (is.failed && !was.failed) emit.error(failureOf(now));
  if (was.live && !is.live) emit.disconnected();
}

function newMessage<Kind extends AnyKind>(now: TaskView<Kind>, before: TaskView<Kind>): TaskMessage<Kind> | undefined {
  return now.lastMessage === before.lastMessage ? undefined : now.lastMessage;
}

function phaseOf(view: TaskView | undefined): { live: boolean; ended: boolean; failed: boolean } {
  return {
    live: view?.connection === 'live',
    ended: view?.state !== undefined && isTerminalStatus(view.state.status),
    failed: view?.connection === 'failed',
  };
}

function failureOf({ error }: TaskView): { code: string; message: string } {
  return error ?? { code: 'INTERNAL', message: 'the task cannot be watched' };
}

function emitMessage<Kind extends AnyKind>(emit: ViewerEmitters<Kind>, message: TaskMessage<Kind> | undefined): void {
  if (message?.type === 'token') emit.token(message);
  else if (message?.type === 'progress') emit.progress(message);
}

function emitEnd<Kind extends AnyKind>(emit: ViewerEmitters<Kind>, { state }: TaskView<Kind>): void {
  if (state?.status === 'done') emit.done(state);
  else if (state?.status === 'error' && state.error !== undefined) emit.error(state.error);
}
