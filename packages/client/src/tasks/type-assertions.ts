import type { TaskSelection, UntypedMessage } from '@taskwire/tasks';
import type { SelectedEvent, SelectedMessage, SelectedState, SelectedTask } from './selected-types.ts';
import type { SentTask } from './task.ts';

// The readers of the kinds have checked these values, or no kind was named and they are `unknown`. The compiler cannot
// follow a kind from its name at run time to its types.

export function selectedMessage<Selection extends TaskSelection>(message: object): SelectedMessage<Selection> {
  return message as SelectedMessage<Selection>;
}

export function selectedEvent<Selection extends TaskSelection>(event: UntypedMessage): SelectedEvent<Selection> {
  return event as SelectedEvent<Selection>;
}

export function selectedState<Selection extends TaskSelection>(state: { kind: string }): SelectedState<Selection> {
  return state as SelectedState<Selection>;
}

export function selectedTask<Selection extends TaskSelection>(task: SentTask): SelectedTask<Selection> {
  return task as SelectedTask<Selection>;
}

/** The selection of an option. If the option is absent, `Selection` has its default, `undefined`. */
export function selectionOf<Selection extends TaskSelection>(given: Selection | undefined): Selection {
  return given as Selection;
}
