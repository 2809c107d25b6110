import { isTerminalStatus, percentOf, type StageState, type StageStatus, type TaskStatus } from '@taskwire/protocol';
import { formatCount, formatName, formatPercent } from './format.ts';

/** The status of a stage as pages show it. `stopped`: the stage was running when its task ended. */
export type StageLook = StageStatus | 'stopped';

const LOOK_WORDS = {
  pending: 'waiting',
  running: 'running',
  done: 'done',
  skipped: 'skipped',
  failed: 'failed',
  stopped: 'stopped',
} as const satisfies Record<StageLook, string>;

/** A stage as a row of a list. */
export interface StageRow {
  /** As in the kind's definition: `parse`. */
  name: string;
  title: string;
  look: StageLook;
  /** `look` in a word, for screen readers. */
  lookWord: string;
  /** Finished part of this stage: `25%`. */
  percent: string;
  /** Current item and count: `page 12 of 500`, or `12 of 500`; empty before the stage begins. */
  detail: string;
  /** Part of the whole task, by weight: `60% of the work`. */
  share: string;
  /** All tokens of the stage so far; undefined while it has none. */
  text: string | undefined;
}

/** The stages of a task as rows, in order. After the task has ended, no stage shows as running. */
export function stageRows(stages: readonly StageState[], isTaskEnded: boolean): StageRow[] {
  const totalWeight = stages.reduce((sum, { weight }) => sum + weight, 0);
  return stages.map((stage) => {
    const look = isTaskEnded && stage.status === 'running' ? 'stopped' : stage.status;
    return {
      name: stage.name,
      title: formatName(stage.name),
      look,
      lookWord: LOOK_WORDS[look],
      percent: formatPercent(percentOf([stage])),
      detail: stageDetail(stage),
      share: `${Math.round((stage.weight / totalWeight) * 100)}% of the work`,
      text: stage.text,
    };
  });
}

/** The stage that runs now; undefined if none does. */
export function runningStage(state: { status: TaskStatus; stages: readonly StageState[] }): StageState | undefined {
  if (isTerminalStatus(state.status)) return undefined;
  return state.stages.find((stage) => stage.status === 'running');
}

/** Current item and count of a stage: `page 12 of 500`, or `12 of 500`; empty before the stage begins. */
export function stageDetail(stage: StageState): string {
  if (stage.status === 'pending') return '';
  const item = stage.status === 'running' ? stage.itemName : undefined;
  const isCountedByItem = item?.includes(String(stage.current)) ?? false;
  const isCounted = stage.total > 0 && !isCountedByItem;
  const count = isCounted ? `${formatCount(stage.current)} of ${formatCount(stage.total)}` : undefined;
  return [item, count, stage.message].filter((part) => part !== undefined && part !== '').join(' · ');
}
