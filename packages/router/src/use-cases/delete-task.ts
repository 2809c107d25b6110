import { ENDED_LOG_KEPT_SECONDS, TaskwireError } from '@taskwire/protocol';
import type { Ports } from '../context.ts';
import type { StoredTask } from '../ports/task-store.ts';
import { hasSettledEnd } from './settle-end.ts';

/**
 * Deletes an ended task.
 * @throws TaskwireError CONFLICT if it has not ended; SERVICE_UNAVAILABLE, and then it is as it was.
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
 * Deletes ended tasks: the rows decide. What stays in Redis expires within a day, and the workers sweep files that have no
 * row: a failure there is reported.
 */
export async function deleteEnded(ports: Ports, tasks: readonly StoredTask[]): Promise<void> {
  // Before the rows go: a log that its task's end was not archived of has no time to live yet.
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
