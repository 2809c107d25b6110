import type { StageState } from './state.ts';

/** How much of a stage is done, 0–1. A stage that has no total yet counts as not begun. */
function stageFraction(stage: StageState): number {
  if (stage.status === 'done' || stage.status === 'skipped') return 1;
  if (stage.total <= 0) return 0;
  return Math.min(1, stage.current / stage.total);
}

/**
 * Percent of the whole task, 0–100, rounded down to two decimals: the weights of the finished stages plus the
 * running one's share.
 */
export function percentOf(stages: readonly StageState[]): number {
  const whole = stages.reduce((sum, stage) => sum + stage.weight, 0);
  if (whole === 0) return 0;
  const done = stages.reduce((sum, stage) => sum + stage.weight * stageFraction(stage), 0);
  return Math.floor((done / whole) * 10_000 + 1e-6) / 100;
}
