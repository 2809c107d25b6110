import type { TaskSelection, TaskView } from '@taskwire/client';
import { isTerminalStatus } from '@taskwire/protocol';
import { dataOf, doneStateOf } from './type-assertions.ts';
import { endFailureOf, watchFailureOf } from './viewer-status.ts';
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
  if (is.failure !== undefined && was.failure === undefined) emit.error(is.failure);
  if (was.live && !is.live) emit.disconnected();
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
    failure: view === undefined ? undefined : watchFailureOf(view),
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

/** The end of a task. */
function emitEnd<Selection extends TaskSelection>(emit: ViewerEmitters<Selection>, now: TaskView<Selection>): void {
  const failure = endFailureOf(now);
  if (failure !== undefined) emit.error(failure);
  else if (now.state?.status === 'done') emit.done(doneStateOf<Selection>(now.state));
}
