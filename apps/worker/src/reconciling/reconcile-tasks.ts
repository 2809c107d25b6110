import { connectionFailure } from '@taskwire/db';
import type { LogStatus, TaskAddress } from '@taskwire/event-log';
import { diagnose } from './diagnose.ts';
import { eachOfMany } from './each-of-many.ts';
import type { ReconcilerDependencies } from './reconciler-dependencies.ts';
import { repairTask } from './repair-task.ts';
import type { UnrepairedTasks } from './unrepaired-tasks.ts';
import { unsettledTasks, type UnsettledTask } from './unsettled-tasks.ts';

/** Tasks repaired at once: a few, so that running tasks have PostgreSQL to themselves. */
const AT_ONCE = 4;

/** How far a pass has to go, and who is told of what it could not do. */
export interface PassBounds {
  /** Where the pass before was cut off. */
  startAfter: UnsettledTask | undefined;
  /** Aborts when the pass has to end. */
  signal: AbortSignal;
  unrepaired: UnrepairedTasks;
}

type Pass = ReconcilerDependencies & Pick<PassBounds, 'unrepaired'>;

/**
 * One pass over every task that is not settled.
 * @returns the last task it came to if it was cut off.
 * @throws if PostgreSQL or Redis cannot be asked. A failure of one task is reported, and the pass goes on.
 */
export async function reconcileTasks(
  dependencies: ReconcilerDependencies,
  { startAfter, signal, unrepaired }: PassBounds,
): Promise<UnsettledTask | undefined> {
  const pass = { ...dependencies, unrepaired };
  const relayed = new Set<string>();
  if (startAfter === undefined) unrepaired.beginPass();
  for await (const page of unsettledTasks(dependencies.database, { ...dependencies.reconciling, startAfter })) {
    for (const { taskId } of page) unrepaired.meet(taskId);
    const needing = await needingRepair(pass, page);
    for (let from = 0; from < needing.length; from += AT_ONCE) {
      if (signal.aborted) break;
      await Promise.all(needing.slice(from, from + AT_ONCE).map((task) => repair(pass, task)));
    }
    await relayProjects(dependencies, page, relayed);
    // What this page still needs is found again when all the others have had their turn.
    if (signal.aborted) return page.at(-1);
  }
  unrepaired.endPass();
  return undefined;
}

/** Those of a page that look as if nobody did what is left to do. */
async function needingRepair(pass: Pass, page: readonly UnsettledTask[]): Promise<UnsettledTask[]> {
  const { eventLog, queue } = pass;
  const onFailure = (task: UnsettledTask, error: unknown) => pass.unrepaired.failed(task, error);
  const inspected = await eachOfMany<UnsettledTask, LogStatus | undefined>(page, {
    all: (tasks) => eventLog.inspectAll(tasks),
    one: (task) => eventLog.inspect(task),
    onFailure,
  });
  const diagnoses = inspected.map(([task, log]) => ({ task, diagnosis: diagnose(task, log) }));
  const healthy = diagnoses.filter(({ diagnosis }) => diagnosis === 'none').map(({ task }) => task);
  const queued = await eachOfMany<UnsettledTask, boolean>(healthy, {
    all: async (tasks) => {
      const missing = await queue.missing(tasks.map(({ taskId }) => taskId));
      return tasks.map(({ taskId }) => missing.has(taskId));
    },
    one: async ({ taskId }) => (await queue.missing([taskId])).has(taskId),
    onFailure,
  });
  const isMissing = new Map(queued);
  for (const [task, missing] of queued) if (!missing) pass.unrepaired.repaired(task.taskId);
  return diagnoses
    .filter(({ task, diagnosis }) => diagnosis !== 'none' || isMissing.get(task) === true)
    .map(({ task }) => task);
}

async function repair(pass: Pass, task: UnsettledTask): Promise<void> {
  const { taskId, projectId } = task;
  try {
    const { diagnosis, done } = await repairTask(pass, task);
    if (done !== undefined) pass.logger.info({ taskId, projectId, done }, 'a task was repaired');
    if (done !== undefined || diagnosis === 'none') pass.unrepaired.repaired(taskId);
    else pass.unrepaired.nothingDone(task, diagnosis);
  } catch (error) {
    if (connectionFailure(error) !== undefined) throw error;
    pass.unrepaired.failed(task, error);
  }
}

/** Hands on what a process that died did not tell the owners' topics, once a pass for each project. */
async function relayProjects(
  { eventLog, logger }: ReconcilerDependencies,
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
