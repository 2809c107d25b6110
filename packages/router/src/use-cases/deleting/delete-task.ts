import { ENDED_LOG_KEPT_SECONDS, TaskwireError } from '@taskwire/protocol';
import type { Ports } from '../../context.ts';
import type { StoredTask } from '../../ports/task-store.ts';
import { hasSettledEnd } from '../tasks/task-end.ts';

/**
 * Deletes an ended task.
 * @throws TaskwireError CONFLICT if it has not ended; SERVICE_UNAVAILABLE; then nothing is deleted.
 */
export async function deleteTask(ports: Ports, task: StoredTask): Promise<void> {
  if (!(await hasSettledEnd(ports, task))) {
    throw new TaskwireError('CONFLICT', 'this task has not ended: cancel it (task.cancel) or wait for its end', {
      fields: [{ path: 'taskId', message: 'cancel it first, or wait for its end' }],
    });
  }
  await deleteEnded(ports, [task]);
}

/**
 * Deletes the rows of ended tasks, then their logs and uploads. A failure after the rows is reported only: logs expire
 * within a day, and the workers sweep files without a row.
 */
export async function deleteEnded(ports: Ports, tasks: readonly StoredTask[]): Promise<void> {
  // Before the rows go: a log whose end is not archived has no time to live yet.
  for (const task of tasks) await ports.events.expire(task, ENDED_LOG_KEPT_SECONDS);
  const { taskIds, uploadIds } = await ports.tasks.deleteEnded(tasks.map(({ taskId }) => taskId));
  const deleted = new Set(taskIds);
  for (const task of tasks.filter(({ taskId }) => deleted.has(taskId))) {
    const { taskId } = task;
    await ports.events.remove(task).catch((err: unknown) => {
      ports.faults.report('the log of a deleted task could not be removed: it expires', { taskId, err });
    });
  }
  await ports.uploads.deleteUnused(uploadIds).catch((err: unknown) => {
    ports.faults.report('the uploads of deleted tasks could not be removed: a worker sweeps them', { err });
  });
}
