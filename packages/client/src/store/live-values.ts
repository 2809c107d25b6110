import type { TaskSelection } from '@taskwire/tasks';
import type { SelectedState } from '../tasks/selected-types.ts';

type ChannelsOf<State> = State extends { channels: infer Channels }
  ? Partial<Channels>
  : Readonly<Record<string, unknown>>;

type OutputOf<State> = State extends { output?: infer Output } ? Output | undefined : never;

/** The values of a task that its kind types. */
export interface LiveValues<Selection extends TaskSelection> {
  /** The task's channels, by name; without any before the first snapshot. */
  readonly channels: ChannelsOf<SelectedState<Selection>>;
  /** The task's output once it is done. Over a list of kinds, `state.kind` determines its type. */
  readonly output: OutputOf<SelectedState<Selection>>;
}
