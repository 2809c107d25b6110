import type { TaskSelection } from '@taskwire/tasks';
import type { LiveValues } from './live-values.ts';
import type { WatchedTask } from './task-store.ts';

/** A known store. The key by which it was found names the kinds of its selection, so it has the same types. */
export function storeOf<Selection extends TaskSelection>(store: object): WatchedTask<Selection> {
  return store as WatchedTask<Selection>;
}

/** The values of a state that were read with the selection; before there is a state, no channel has a value. */
export function liveValuesOf<Selection extends TaskSelection>(state: {
  channels?: object;
  output?: unknown;
}): LiveValues<Selection> {
  return { channels: state.channels ?? {}, output: state.output } as LiveValues<Selection>;
}
