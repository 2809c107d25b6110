import type { AnyRouter, SelectedState, TaskSelection, TaskwireCalls, TaskwireClient } from '@taskwire/client';
import type { DoneState, ViewerEvents } from './viewer-types.ts';

/** The client of an app. An injection key carries no type parameter, so the reader names the router. */
export function clientOf<Router extends AnyRouter>(client: TaskwireCalls): TaskwireClient<Router> {
  return client as TaskwireClient<Router>;
}

/** A state of a task that is done, and whose output could be read. */
export function doneStateOf<Selection extends TaskSelection>(state: SelectedState<Selection>): DoneState<Selection> {
  return state as DoneState<Selection>;
}

/** An event of a channel, which the reader of the kind has checked. */
export function dataOf<Selection extends TaskSelection>(message: { type: 'data' }): ViewerEvents<Selection>['data'][0] {
  return message as ViewerEvents<Selection>['data'][0];
}

/** The selection of a property. If the property is absent, `Selection` has its default, `undefined`. */
export function selectionOf<Selection extends TaskSelection>(given: Selection | undefined): Selection {
  return given as Selection;
}
