import { repeat } from '../../repeat.ts';
import type { CurrentTry, RunnerDependencies } from '../runner-dependencies.ts';

/** How often (ms) the percent goes into the row, which lists of tasks show. */
const PERCENT_EVERY_MS = 2_000;

/**
 * Brings the percent of a running attempt into its row. One that cannot be written is written with the next.
 * @returns a function that ends it, and resolves once it has ended.
 */
export function recordPercent(
  { rows }: Pick<RunnerDependencies, 'rows'>,
  { row, attempt, logger }: CurrentTry,
): () => Promise<void> {
  let recorded = attempt.percent;
  const record = async () => {
    const { percent } = attempt;
    if (percent === recorded) return;
    try {
      await rows.recordPercent(row.taskId, attempt.number, percent);
      recorded = percent;
    } catch (error) {
      logger.warn({ err: error }, 'the percent could not be written');
    }
  };
  const recording = repeat(PERCENT_EVERY_MS, record);
  return () => recording.stop();
}
