import type { LogStatus } from '@taskwire/event-log';
import { diagnose } from './diagnose.ts';
import { eachOfMany } from './each-of-many.ts';
import type { ReconcilerDependencies } from './reconciler-dependencies.ts';
import { throwIfAway } from './throw-if-away.ts';
import type { UnrepairedTasks } from './unrepaired-tasks.ts';
import type { UnsettledTask } from './unsettled-tasks.ts';

type FinderDependencies = Pick<ReconcilerDependencies, 'eventLog' | 'queue'> & { unrepaired: UnrepairedTasks };

/**
 * The tasks of a page that need a repair, in order: row and log disagree, or the queue has no job for the task. Clears the
 * records of the others. Records a failure of a task whose log or job cannot be read.
 * @throws if Redis does not answer.
 */
export async function tasksToRepair(
  { eventLog, queue, unrepaired }: FinderDependencies,
  page: readonly UnsettledTask[],
): Promise<UnsettledTask[]> {
  const onFailure = async (task: UnsettledTask, error: unknown) => {
    await throwIfAway({ eventLog, queue }, error);
    unrepaired.failed(task, error);
  };
  const logs = await eachOfMany<UnsettledTask, LogStatus | undefined>(page, {
    all: (tasks) => eventLog.inspectAll(tasks),
    one: (task) => eventLog.inspect(task),
    onFailure,
  });
  const needsRepair = new Map(logs.map(([task, log]) => [task, diagnose(task, log) !== 'none']));
  const agreeing = page.filter((task) => needsRepair.get(task) === false);
  const jobs = await eachOfMany<UnsettledTask, { isMissing: boolean }>(agreeing, {
    all: (tasks) => missingJobs(queue, tasks),
    one: async (task) => ({ isMissing: (await queue.missing([task.taskId])).has(task.taskId) }),
    onFailure,
  });
  for (const [task, { isMissing }] of jobs) {
    needsRepair.set(task, isMissing);
    if (!isMissing) unrepaired.clear(task.taskId);
  }
  return page.filter((task) => needsRepair.get(task) === true);
}

/** Whether the queue has no job for each task, in order. */
async function missingJobs(queue: FinderDependencies['queue'], tasks: readonly UnsettledTask[]) {
  const missing = await queue.missing(tasks.map(({ taskId }) => taskId));
  return tasks.map(({ taskId }) => ({ isMissing: missing.has(taskId) }));
}
