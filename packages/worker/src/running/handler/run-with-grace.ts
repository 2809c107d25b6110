import { AsyncLocalStorage } from 'node:async_hooks';
import { AttemptStopped } from '../attempt/attempt-stopped.ts';
import { cutOff } from './cut-off.ts';
import { WORKERS_LOST, failureOf } from '../attempt/failure.ts';
import { runTask, type WorkOutcome } from './run-task.ts';
import type { CurrentAttempt, RunnerDependencies } from '../runner-dependencies.ts';

/** Id of the task whose handler the current code belongs to; names the task of an uncaught exception. */
export const taskScope = new AsyncLocalStorage<string>();

/** Longest grace period (ms) of a handler whose worker stops. */
const SHUTDOWN_GRACE_MS = 1_000;

/**
 * Runs the handler of an attempt, unless the attempt has been stopped already or its workers died too often. A handler that
 * goes on after its signal has aborted is cut off after the grace period; its context then takes nothing more.
 */
export async function runWithGrace(
  dependencies: RunnerDependencies,
  current: CurrentAttempt,
  stageEnded: () => void,
): Promise<WorkOutcome> {
  const { job, row, attempt, logger } = current;
  if (attempt.signal.aborted) return failureOf(attempt.signal.reason);
  if (job.triesLeft < 0) return WORKERS_LOST;
  const { signal, journal, number, snapshot } = attempt;
  const results = await dependencies.rows.loadStageResults(row.taskId);
  const { ownerId } = row;
  const context = { ownerId, attempt: number, signal, journal, state: snapshot.state, results, stageEnded };
  logger.info({ triesLeft: job.triesLeft }, 'attempt started');
  try {
    return await cutOff(
      taskScope.run(row.taskId, () => runTask(row, context, dependencies.handlerKit)),
      signal,
      (reason) => graceOf(reason, dependencies),
    );
  } catch (error) {
    logger.warn({ err: error }, 'the handler ignored its signal and was cut off');
    return failureOf(error);
  }
}

function graceOf(reason: unknown, { cancelGraceMs }: RunnerDependencies): number {
  const stopping = reason instanceof AttemptStopped && (reason.reason === 'shutdown' || reason.reason === 'crashed');
  return stopping ? Math.min(cancelGraceMs, SHUTDOWN_GRACE_MS) : cancelGraceMs;
}
