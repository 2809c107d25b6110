import type { Logger } from 'pino';
import type { Refusal } from './acceptance.ts';
import type { RunnerDependencies } from '../runner-dependencies.ts';
import type { TaskRow } from '../stored/task-rows.ts';

/**
 * Writes into a task's log what the task waits for, once in a wait. Nothing is written if another living worker knows the
 * kind: that worker takes the task soon.
 */
export async function announceWait(
  { eventLog, fleet }: Pick<RunnerDependencies, 'eventLog' | 'fleet'>,
  row: TaskRow,
  { refusal, logger }: { refusal: Refusal; logger: Logger },
): Promise<void> {
  if (refusal.reason === 'kind' && (await knownElsewhere(fleet, row.kind))) return;
  if (!(await fleet.announceWait(row.taskId))) return;
  logger.warn({ reason: refusal.reason }, refusal.message);
  const waiting = { reason: refusal.reason, kind: row.kind };
  const announced = await eventLog
    .append(row, { type: 'log', level: 'warn', message: refusal.message, waiting })
    .catch((error: unknown) => {
      logger.warn({ err: error }, 'the wait could not be announced: the next delivery announces it');
    });
  if (announced?.written !== true) await fleet.withdrawAnnouncement(row.taskId);
}

async function knownElsewhere(fleet: RunnerDependencies['fleet'], kind: string): Promise<boolean> {
  const workers = await fleet.workers();
  return workers.some((worker) => worker.isAlive && worker.kinds.includes(kind));
}
