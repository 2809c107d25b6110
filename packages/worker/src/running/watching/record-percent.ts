import { repeat } from '../../repeat.ts';
import type { CurrentAttempt, RunnerDependencies } from '../runner-dependencies.ts';

/** Interval (ms) between two writes of the percent into the row. */
const PERCENT_EVERY_MS = 2_000;

/**
 * Writes the percent of a running attempt into its row, for lists of tasks. A failed write is made up for by the next one.
 * @returns a function that ends the writes; its promise resolves once the last one has ended.
 */
export function recordPercent(
  { rows }: Pick<RunnerDependencies, 'rows'>,
  { row, attempt, logger }: CurrentAttempt,
): () => Promise<void> {
  // An earlier attempt may have reached more: its worker died before it wrote the row.
  let recorded = row.percent;
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
