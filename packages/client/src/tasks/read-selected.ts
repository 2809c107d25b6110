import type { TaskReference, TaskSelection, UntypedMessage, UntypedState } from '@taskwire/tasks';
import { readTaskMessage, readTaskState, readUnknownMessage, readUnknownState } from '@taskwire/tasks/reading';
import { TaskwireClientError } from '../errors/client-error.ts';
import { selectedEvent, selectedMessage, selectedState, selectedTask } from './type-assertions.ts';
import type { SelectedEvent, SelectedMessage, SelectedState, SelectedTask } from './selected-types.ts';
import { isList, referenceFor } from './selection.ts';
import type { SentTask } from './task.ts';
import { readOutput, type ReadableKind } from '@taskwire/tasks/reading';

/**
 * Gives a state the types of a selection, by checking its values against the schemas that the selection has.
 * @throws TaskwireError INVALID_INPUT, naming the field, if the selection is one kind and the task is of another.
 */
export function readSelectedState<Selection extends TaskSelection>(
  selection: Selection,
  state: UntypedState,
): SelectedState<Selection> {
  return selectedState<Selection>(stateFor(selection, state));
}

function stateFor(selection: TaskSelection, state: UntypedState): { kind: string } {
  const reference = referenceFor(selection, state.kind);
  if (reference !== undefined) return readTaskState(reference, state);
  return isList(selection) ? readUnknownState(state) : { channels: {}, ...state };
}

/**
 * Gives a message the types of a selection in the same way. If a value of an event does not fit, the event is
 * `unreadable`; so is a `done` or `data` event under a list, if the list does not name the task's kind.
 * @param kind the task's kind, if it is known.
 */
export function readSelectedMessage<Selection extends TaskSelection>(
  selection: Selection,
  message: UntypedMessage,
  kind: string | undefined,
): SelectedMessage<Selection> {
  if (message.type !== 'snapshot') return selectedMessage<Selection>(eventFor(selection, message, kind));
  return selectedMessage<Selection>({ ...message, state: stateFor(selection, message.state) });
}

/** Gives an event the types of a selection in the same way. */
export function readSelectedEvent<Selection extends TaskSelection>(
  selection: Selection,
  event: UntypedMessage,
  kind: string | undefined,
): SelectedEvent<Selection> {
  return selectedEvent<Selection>(eventFor(selection, event, kind));
}

function eventFor(selection: TaskSelection, event: UntypedMessage, kind: string | undefined): UntypedMessage {
  const reference = referenceFor(selection, kind);
  if (reference !== undefined) return readTaskMessage(reference, event);
  if (!isList(selection)) return event;
  return event.type === 'data' ? unreadableData(event) : readUnknownMessage(event);
}

/** The types of a list are those of its kinds: a value of another kind's channel may be of any. */
function unreadableData({ taskId, projectId, seq, fromSeq, attempt, at }: UntypedMessage & { type: 'data' }) {
  const place = { taskId, projectId, seq, ...(fromSeq === undefined ? {} : { fromSeq }), attempt, at };
  return { ...place, type: 'unreadable' as const, originalType: 'data' };
}

/**
 * Gives a task the types of a selection in the same way. An input or output that does not fit stays untyped.
 * @throws TaskwireClientError INVALID_INPUT if the selection is one kind and the task is of another.
 */
export function readSelectedTask<Selection extends TaskSelection>(
  selection: Selection,
  task: SentTask,
): SelectedTask<Selection> {
  const reference = referenceFor(selection, task.kind);
  if (reference !== undefined) return selectedTask<Selection>(taskFor(reference, task));
  const { kindKnown: _kindKnown, ...sent } = task;
  return selectedTask<Selection>(isList(selection) ? { ...sent, kindKnown: false } : task);
}

function taskFor(reference: TaskReference, task: SentTask): SentTask {
  if (task.kind !== reference.kind) throw otherKind(reference.kind, task.kind);
  const { kindKnown: _kindKnown, output, unreadableOutput, ...sent } = task;
  return { ...sent, ...inputFor(reference, task), ...readOutput(reference, output ?? unreadableOutput) };
}

/** A schema that has defaults fills them in, whichever version of it the server has. */
function inputFor(reference: ReadableKind & { input?: ReadableKind['output'] }, { input, inputReadable }: SentTask) {
  if (reference.input === undefined || inputReadable === false) return {};
  const check = reference.input.safeParse(input);
  return check.success ? { input: check.data } : { input, inputReadable: false as const };
}

function otherKind(expected: string, found: string): TaskwireClientError {
  return new TaskwireClientError('INVALID_INPUT', `the task is a ${found}, not a ${expected}`, {
    fields: [{ path: 'kind', message: `leave it out or give ${found}` }],
  });
}
