import type { TaskAddress } from '@taskwire/event-log';
import type { ReconcilerDependencies } from './reconciler-dependencies.ts';
import { repairTask } from './repair-task.ts';
import { tasksToRepair } from './tasks-to-repair.ts';
import { throwIfAway } from './throw-if-away.ts';
import type { UnrepairedTasks } from './unrepaired-tasks.ts';
import { unsettledTasks, type UnsettledTask } from './unsettled-tasks.ts';

/** Number of tasks that are repaired at once: a few, so that running tasks keep most of PostgreSQL. */
const AT_ONCE = 4;

/** Begin and end of a pass, and the record of the tasks that could not be repaired. */
export interface PassOptions {
  /** The last task of the pass before, if that was cut off. */
  startAfter: UnsettledTask | undefined;
  /** Aborts when the pass has to end. */
  signal: AbortSignal;
  unrepaired: UnrepairedTasks;
}

interface Pass extends ReconcilerDependencies, Omit<PassOptions, 'startAfter'> {
  /** Ids of the projects whose events this pass has tried to relay. */
  triedProjects: Set<string>;
}

/**
 * One pass over the unsettled tasks, page by page. It repairs the tasks that need a repair, and relays the events of their
 * projects. A pass that is cut off leaves the rest of its round to the next pass.
 * @returns the last task of the page at which the pass was cut off; undefined if it ended its round.
 * @throws if PostgreSQL or Redis is away when a page is read or a task is repaired. The failure of a single task is
 * recorded, and the pass goes on. A failed relay is only logged.
 */
export async function reconcileTasks(
  dependencies: ReconcilerDependencies,
  { startAfter, ...options }: PassOptions,
): Promise<UnsettledTask | undefined> {
  const pass: Pass = { ...dependencies, ...options, triedProjects: new Set() };
  const { signal, unrepaired, database, reconciling } = pass;
  if (startAfter === undefined) unrepaired.beginRound();
  for await (const page of unsettledTasks(database, { ...reconciling, startAfter })) {
    for (const { taskId } of page) unrepaired.markSeen(taskId);
    await repairAll(pass, await tasksToRepair(pass, page));
    await relayProjects(pass, page);
    // The next pass starts after this page. Tasks of this page that were not repaired have their turn after all others.
    if (signal.aborted) return page.at(-1);
  }
  unrepaired.endRound();
  return undefined;
}

async function repairAll(pass: Pass, tasks: readonly UnsettledTask[]): Promise<void> {
  for (let from = 0; from < tasks.length && !pass.signal.aborted; from += AT_ONCE) {
    await Promise.all(tasks.slice(from, from + AT_ONCE).map((task) => repair(pass, task)));
  }
}

async function repair(pass: Pass, task: UnsettledTask): Promise<void> {
  const { logger, unrepaired } = pass;
  const { taskId, projectId } = task;
  try {
    const { diagnosis, done } = await repairTask(pass, task);
    if (done !== undefined) logger.info({ taskId, projectId, done }, 'a task was repaired');
    if (done !== undefined || diagnosis === 'none') unrepaired.clear(taskId);
    else unrepaired.noRepairPossible(task, diagnosis);
  } catch (error) {
    await throwIfAway(pass, error);
    unrepaired.failed(task, error);
  }
}

/** Relays the events of each project to its owner's topic, once a pass: a process that died may not have relayed some. */
async function relayProjects({ eventLog, logger, triedProjects }: Pass, page: readonly UnsettledTask[]): Promise<void> {
  const projects = new Map<string, TaskAddress>(page.map((task) => [task.projectId, task]));
  const waiting = [...projects].filter(([projectId]) => !triedProjects.has(projectId));
  const relay = async ([projectId, task]: [string, TaskAddress]) => {
    triedProjects.add(projectId);
    await eventLog.relay(task).catch((error: unknown) => {
      logger.warn({ projectId, err: error }, "a project's events could not be relayed to its owner's topic");
    });
  };
  await Promise.all(waiting.map(relay));
}
