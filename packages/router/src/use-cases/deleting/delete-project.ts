import { TASK_STATUSES, TERMINAL_STATUSES, TaskwireError, isTerminalStatus, type TaskStatus } from '@taskwire/protocol';
import type { Ports } from '../../context.ts';
import type { StoredProject } from '../../ports/project-store.ts';
import { deleteEnded } from './delete-task.ts';
import { hasSettledEnd } from '../tasks/task-end.ts';

/** Tasks looked at, and deleted, at once: bounds memory and the length of a statement. */
const PAGE_TASKS = 100;
const UNFINISHED = TASK_STATUSES.filter((status) => !isTerminalStatus(status));

/**
 * Deletes a project with all its tasks, a page at a time.
 * @throws TaskwireError CONFLICT if one of its tasks has not ended: nothing is deleted, unless that task was created while
 * the others were being deleted.
 */
export async function deleteProject(ports: Ports, { projectId, ownerId }: StoredProject): Promise<void> {
  const tasksIn = (status: readonly TaskStatus[]) =>
    ports.tasks.list({ ownerId, projectId, status, limit: PAGE_TASKS });
  for (const task of await tasksIn(UNFINISHED)) if (!(await hasSettledEnd(ports, task))) throw unfinished(task.taskId);
  for (;;) {
    const ended = await tasksIn(TERMINAL_STATUSES);
    if (ended.length === 0) break;
    await deleteEnded(ports, ended);
  }
  if (!(await ports.projects.delete(projectId))) throw unfinished((await tasksIn(UNFINISHED))[0]?.taskId);
  await ports.events.removeProject({ projectId, ownerId }).catch((err: unknown) => {
    ports.faults.report("a deleted project's topic could not be removed", { projectId, err });
  });
}

function unfinished(taskId: string | undefined): TaskwireError {
  const named = taskId === undefined ? 'a task of this project' : `the task ${taskId} of this project`;
  return new TaskwireError('CONFLICT', `${named} has not ended: cancel it (task.cancel) or wait for its end`, {
    fields: [{ path: 'projectId', message: 'cancel its unfinished tasks first, or wait for their ends' }],
  });
}
