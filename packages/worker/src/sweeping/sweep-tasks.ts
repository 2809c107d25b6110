import { deleteEndedTasks } from '@taskwire/db';
import type { TaskAddress } from '@taskwire/event-log';
import { removeUploads } from './sweep-uploads.ts';
import { SWEEP_PAGE, before, type SweepDependencies } from './sweep-dependencies.ts';

/** Deletes archived tasks that have ended long enough ago, oldest first. @returns how many tasks and uploads. */
export async function sweepTasks(
  dependencies: SweepDependencies,
  signal: AbortSignal,
): Promise<{ tasks: number; uploads: number }> {
  const swept = { tasks: 0, uploads: 0 };
  const { tasksKeptMs } = dependencies.sweeping;
  if (tasksKeptMs === undefined) return swept;
  while (!signal.aborted) {
    const page = await oldTasks(dependencies, before(tasksKeptMs));
    if (page.length === 0) break;
    const { taskIds, uploadIds } = await deleteEndedTasks(
      dependencies.database,
      page.map(({ taskId }) => taskId),
    );
    if (taskIds.length === 0) break;
    await removeLogs(dependencies, page);
    swept.tasks += taskIds.length;
    swept.uploads += await removeUploads(dependencies, uploadIds);
  }
  return swept;
}

async function oldTasks({ database }: SweepDependencies, endedBefore: Date): Promise<TaskAddress[]> {
  const rows = await database.task.findMany({
    where: { archivedAt: { not: null }, endedAt: { lt: endedBefore } },
    orderBy: [{ endedAt: 'asc' }, { id: 'asc' }],
    take: SWEEP_PAGE,
    select: { id: true, projectId: true, ownerId: true },
  });
  return rows.map(({ id, ...address }) => ({ taskId: id, ...address }));
}

/** The logs of archived tasks expire within a day by themselves. */
async function removeLogs({ eventLog, logger }: SweepDependencies, tasks: readonly TaskAddress[]): Promise<void> {
  for (const task of tasks) {
    await eventLog.remove(task).catch((err: unknown) => {
      logger.warn({ taskId: task.taskId, err }, 'the log of a deleted task could not be removed: it expires');
    });
  }
}
