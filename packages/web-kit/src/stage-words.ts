import { percentOf, type StageState, type StageStatus, type TaskStatus } from '@taskwire/protocol';
import { formatCount, formatName } from './format.ts';
import { STATUS_WORDS, hasEnded } from './task-words.ts';

/** A stage as it is shown. `stopped`: it was running when its task ended. */
export type StageLook = StageStatus | 'stopped';

/** The looks of a stage, in words. */
export const STAGE_WORDS = {
  pending: 'waiting',
  running: 'running',
  done: 'done',
  skipped: 'skipped',
  failed: 'failed',
  stopped: 'stopped',
} as const satisfies Record<StageLook, string>;

/** How a stage is shown: nothing runs any more once the task has ended. */
export function stageLook(stage: StageState, isTaskEnded: boolean): StageLook {
  return isTaskEnded && stage.status === 'running' ? 'stopped' : stage.status;
}

/** Percent (0–100) of one stage. */
export function stagePercent(stage: StageState): number {
  return percentOf([stage]);
}

/** The stage that is being worked on, if there is one. */
export function runningStage(state: { status: TaskStatus; stages: readonly StageState[] }): StageState | undefined {
  if (hasEnded(state.status)) return undefined;
  return state.stages.find((stage) => stage.status === 'running');
}

/** What a stage is at: `page 12 of 500`, or `12 of 500`. Empty before it has begun. */
export function stageDetail(stage: StageState): string {
  if (stage.status === 'pending') return '';
  const item = stage.status === 'running' ? stage.itemName : undefined;
  const isCountedByItem = item?.includes(String(stage.current)) ?? false;
  const isCounted = stage.total > 0 && !isCountedByItem;
  const count = isCounted ? `${formatCount(stage.current)} of ${formatCount(stage.total)}` : undefined;
  return [item, count, stage.message].filter((part) => part !== undefined && part !== '').join(' · ');
}

/** How much of the whole task a stage is, by the weights: `60% of the work`. */
export function stageShare(stage: StageState, stages: readonly StageState[]): string {
  const whole = stages.reduce((sum, each) => sum + each.weight, 0);
  return `${Math.round((stage.weight / whole) * 100)}% of the work`;
}

/** What is said aloud (to screen readers) of a task: changes with its status and stage, not with every percent. */
export function announcement(state: { status: TaskStatus; stages: readonly StageState[] }): string {
  const stage = runningStage(state);
  const words = STATUS_WORDS[state.status];
  return stage === undefined || state.status !== 'running' ? words : `${words}: ${formatName(stage.name)}`;
}
