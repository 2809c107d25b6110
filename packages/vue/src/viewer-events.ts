import type { TaskSelection, TaskView } from '@taskwire/client';
import { isTerminalStatus } from '@taskwire/protocol';
import { dataOf, doneStateOf } from './type-assertions.ts';
import type { ViewerEmitters } from './viewer-types.ts';

/**
 * Emits the changes between two views. `before` is undefined for the first view. After a view of another task, or of none
 * yet, a view counts as the first one of its task.
 */
export function emitChanges<Selection extends TaskSelection>(
  emit: ViewerEmitters<Selection>,
  now: TaskView<Selection>,
  before: TaskView<Selection> | undefined,
): void {
  if (before?.state?.taskId === now.state?.taskId) return emitTransitions(emit, now, before);
  if (phaseOf(before).live) emit.disconnected();
  emitTransitions(emit, now, undefined);
}

function emitTransitions<Selection extends TaskSelection>(
  emit: ViewerEmitters<Selection>,
  now: TaskView<Selection>,
  before: TaskView<Selection> | undefined,
): void {
  const is = phaseOf(now);
  const was = phaseOf(before);
  if (is.live && !was.live) emit.connected();
  if (hasNewMessage(now, before)) emitMessage(emit, now);
  if (is.ended && !was.ended) emitEnd(emit, now);
  if (is.failed && !was.failed) emit.error(failureOf(now));
  if (was.live && !is.live) emit.disconnected();
}

function failureOf<Selection extends TaskSelection>({ error }: TaskView<Selection>): { code: string; message: string } {
  return error ?? { code: 'INTERNAL', message: 'the task cannot be watched' };
}

function hasNewMessage<Selection extends TaskSelection>(
  now: TaskView<Selection>,
  before: TaskView<Selection> | undefined,
): boolean {
  return before !== undefined && now.lastMessage !== before.lastMessage;
}

function phaseOf<Selection extends TaskSelection>(view: TaskView<Selection> | undefined) {
  return {
    live: view?.connection === 'live',
    ended: view?.state !== undefined && isTerminalStatus(view.state.status),
    failed: view?.connection === 'failed',
  };
}

function emitMessage<Selection extends TaskSelection>(
  emit: ViewerEmitters<Selection>,
  { lastMessage: message }: TaskView<Selection>,
): void {
  if (message?.type === 'token') emit.token(message);
  else if (message?.type === 'progress') emit.progress(message);
  else if (message?.type === 'data') emit.data(dataOf<Selection>(message));
}

/** The end of a task that this build can show. */
function emitEnd<Selection extends TaskSelection>(
  emit: ViewerEmitters<Selection>,
  { state }: TaskView<Selection>,
): void {
  if (state?.status === 'error' && state.error !== undefined) emit.error(state.error);
  if (state?.status !== 'done') return;
  if (state.unreadableOutput === undefined) emit.done(doneStateOf<Selection>(state));
  else emit.error({ code: 'END_UNREADABLE', message: 'the task is done, but its output does not fit its kind' });
}
