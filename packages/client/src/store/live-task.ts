import { isTerminalStatus, type StageState } from '@taskwire/protocol';
import type { TaskSelection } from '@taskwire/tasks';
import type { LiveValues } from './live-values.ts';
import type { TaskView } from './task-view.ts';
import { liveValuesOf } from './type-assertions.ts';

/** The live view of a task, with the values of its state at hand before there is a state. */
export interface LiveTask<Selection extends TaskSelection = undefined>
  extends TaskView<Selection>, LiveValues<Selection> {
  /** Of the whole task, 0–100; 0 before the first snapshot. */
  readonly percent: number;
  /** Whether the task has ended for good. */
  readonly isEnded: boolean;
  /** The stages in their order; empty before the first snapshot. */
  readonly stages: readonly StageState[];
}

/** The live task of a view. It depends on the view alone. */
export function liveTaskOf<Selection extends TaskSelection>(view: TaskView<Selection>): LiveTask<Selection> {
  const { state } = view;
  if (state === undefined) return { ...view, percent: 0, isEnded: false, stages: [], ...liveValuesOf<Selection>({}) };
  const { percent, status, stages } = state;
  return { ...view, percent, isEnded: isTerminalStatus(status), stages, ...liveValuesOf<Selection>(state) };
}
