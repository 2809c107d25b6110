import type { LogStatus, TaskAddress } from '@taskwire/event-log';
import { diagnose } from './diagnose.ts';
import type { ReconcilerParts } from './reconciler-parts.ts';
import { repairTask } from './repair-task.ts';
import { unsettledTasks, type UnsettledTask } from './unsettled-tasks.ts';

/** Tasks repaired at once: a few, so that running tasks have PostgreSQL to themselves. */
const AT_ONCE = 4;

/** How far a pass has to go. */
export interface PassBounds {
  /** Where the pass before was cut off. */
  startAfter: UnsettledTask | undefined;
  /** Aborts when the pass has to end. */
  signal: AbortSignal;
}

/**
 * One pass over every task that is not settled.
 * @returns the last task it came to if it was cut off.
 * @throws if PostgreSQL or Redis cannot be asked. A failure of one task is logged, and the pass goes on.
 */
export async function reconcileTasks(
  parts: ReconcilerParts,
  { startAfter, signal }: PassBounds,
): Promise<UnsettledTask | undefined> {
  const { database, reconciling } = parts;
  const relayed = new Set<string>();
  for await (const page of unsettledTasks(database, { ...reconciling, startAfter })) {
    const needing = await needingRepair(parts, page);
    for (let from = 0; from < needing.length; from += AT_ONCE) {
      if (signal.aborted) break;
      await Promise.all(needing.slice(from, from + AT_ONCE).map((task) => repair(parts, task)));
    }
    await relayProjects(parts, page, relayed);
    // What this page still needs is found again when all the others have had their turn.
    if (signal.aborted) return page.at(-1);
  }
  return undefined;
}

/** Those of a page that look as if nobody did what is left to do. */
async function needingRepair(parts: ReconcilerParts, page: readonly UnsettledTask[]): Promise<UnsettledTask[]> {
  const logs: (LogStatus | undefined)[] = await parts.eventLog.inspectAll(page);
  const diagnoses = page.map((task, index) => ({ task, diagnosis: diagnose(task, logs[index]) }));
  const healthy = diagnoses.filter(({ diagnosis }) => diagnosis === 'none').map(({ task }) => task.taskId);
  const missing = await parts.queue.missing(healthy);
  return diagnoses
    .filter(({ task, diagnosis }) => diagnosis !== 'none' || missing.has(task.taskId))
    .map(({ task }) => task);
}

async function repair(parts: ReconcilerParts, task: UnsettledTask): Promise<void> {
  const { taskId, projectId } = task;
  try {
    const done = await repairTask(parts, task);
    if (done !== undefined) parts.logger.info({ taskId, projectId, done }, 'a task was repaired');
  } catch (error) {
    parts.logger.warn({ taskId, projectId, err: error }, 'a task could not be repaired: it is tried again');
  }
}

/** Hands on what a process that died did not tell the owners' topics, once a pass for each project. */
async function relayProjects(
  { eventLog, logger }: ReconcilerParts,
  page: readonly UnsettledTask[],
  relayed: Set<string>,
): Promise<void> {
  const tasks = new Map<string, TaskAddress>(page.map((task) => [task.projectId, task]));
  const waiting = [...tasks].filter(([projectId]) => !relayed.has(projectId));
  const relay = async ([projectId, task]: [string, TaskAddress]) => {
    relayed.add(projectId);
    await eventLog.relay(task).catch((error: unknown) => {
      logger.warn({ projectId, err: error }, "a project's events could not be relayed to its owner's topic");
    });
  };
  await Promise.all(waiting.map(relay));
}
