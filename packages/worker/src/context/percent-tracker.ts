import { percentOf, reduce, type TaskEvent, type TaskState } from '@taskwire/protocol';
import type { ProgressDraft } from './draft-buffer.ts';

type StageDraft = Omit<Extract<TaskEvent, { type: 'stage' }>, 'taskId' | 'projectId' | 'seq' | 'attempt' | 'at'>;

/**
 * Computes the percent of the whole task from the state at the attempt's claim and the stages' progress. The percent never
 * falls (MUST 8): an attempt that repeats work stays at the earlier attempt's percent until it has passed it.
 */
export class PercentTracker {
  #state: TaskState;

  constructor(state: TaskState) {
    this.#state = state;
  }

  stageChanged(draft: StageDraft): void {
    this.#state = reduce(this.#state, { ...this.#base(), ...draft });
  }

  /** The event, with the percent of the task after it. */
  progressed(draft: Omit<ProgressDraft, 'percent'>): ProgressDraft {
    const before = this.#state.percent;
    const after = reduce(this.#state, { ...this.#base(), ...draft, percent: before });
    const percent = Math.max(before, percentOf(after.stages));
    this.#state = { ...after, percent };
    return { ...draft, percent };
  }

  #base() {
    const { taskId, projectId, attempt } = this.#state;
    return { taskId, projectId, attempt, seq: 1, at: 0 };
  }
}
