import type { AnyKind, TaskMessage, TaskState, TaskView } from '@taskwire/client';
import { isTerminalStatus } from '@taskwire/protocol';

/** What a viewer tells its parent. */
export type ViewerEvents<Kind extends AnyKind> = {
  /** The stream is live: for the first time, or again. */
  connected: [];
  /** The stream is not live any more: it ended, broke off, or was closed. */
  disconnected: [];
  token: [message: Extract<TaskMessage<Kind>, { type: 'token' }>];
  progress: [message: Extract<TaskMessage<Kind>, { type: 'progress' }>];
  /** The task ended well; `state.output` is its result. Also for a task that had ended before. */
  done: [state: TaskState<Kind>];
  /** The task failed, or it cannot be watched. */
  error: [failure: { code: string; message: string }];
};

/** One function for each event of a viewer. */
export type ViewerEmitters<Kind extends AnyKind> = {
  [Name in keyof ViewerEvents<Kind>]: (...payload: ViewerEvents<Kind>[Name]) => void;
};

/** Tells what has happened between two views of a task; `before` is undefined at the beginning. */
export function tellChanges<Kind extends AnyKind>(
  emit: ViewerEmitters<Kind>,
  now: TaskView<Kind>,
  before: TaskView<Kind> | undefined,
): void {
  const is = standingOf(now);
  const was = standingOf(before);
  if (is.live && !was.live) emit.connected();
  if (before !== undefined) tellMessage(emit, newMessage(now, before));
  if (is.ended && !was.ended) tellEnd(emit, now);
  if (is.failed && !was.failed) emit.error(failureOf(now));
  if (was.live && !is.live) emit.disconnected();
}

function newMessage<Kind extends AnyKind>(now: TaskView<Kind>, before: TaskView<Kind>): TaskMessage<Kind> | undefined {
  return now.lastMessage === before.lastMessage ? undefined : now.lastMessage;
}

function standingOf(view: TaskView | undefined): { live: boolean; ended: boolean; failed: boolean } {
  return {
    live: view?.connection === 'live',
    ended: view?.state !== undefined && isTerminalStatus(view.state.status),
    failed: view?.connection === 'failed',
  };
}

function failureOf({ error }: TaskView): { code: string; message: string } {
  return error ?? { code: 'INTERNAL', message: 'the task cannot be watched' };
}

function tellMessage<Kind extends AnyKind>(emit: ViewerEmitters<Kind>, message: TaskMessage<Kind> | undefined): void {
  if (message?.type === 'token') emit.token(message);
  else if (message?.type === 'progress') emit.progress(message);
}

function tellEnd<Kind extends AnyKind>(emit: ViewerEmitters<Kind>, { state }: TaskView<Kind>): void {
  if (state?.status === 'done') emit.done(state);
  else if (state?.status === 'error' && state.error !== undefined) emit.error(state.error);
}
