import { isDeepStrictEqual } from 'node:util';
import { TaskwireError } from '@taskwire/protocol';
import { taskDefinitions, uploadsOf, type TaskRequest } from '@taskwire/tasks';
import type { Caller, Ports } from '../context.ts';
import type { StoredTask } from '../ports/task-store.ts';

const DEFAULT_PRIORITY = 5;

/**
 * Writes the row, opens the log, enqueues: in this order, so that what a crash leaves behind can be seen in
 * PostgreSQL. Each step may be repeated; a create that failed half-way is completed by the next with the same key.
 * @throws TaskwireError INVALID_INPUT for a foreign upload or project; CONFLICT if the key was used for something else.
 */
export async function createTask(ports: Ports, caller: Caller, request: TaskRequest): Promise<StoredTask> {
  await checkUploads(ports, caller, request);
  const projectId = await projectOf(ports, caller, request.projectId);
  const { task, created } = await ports.tasks.create({
    ownerId: caller.userId,
    projectId,
    kind: request.kind,
    input: request.input,
    priority: request.priority ?? DEFAULT_PRIORITY,
    ...(request.idempotencyKey === undefined ? {} : { idempotencyKey: request.idempotencyKey }),
  });
  if (!created) checkSameRequest(task, request);
  if (created || task.status === 'queued') await setGoing(ports, task, request.kind);
  return task;
}

async function setGoing(ports: Ports, task: StoredTask, kind: TaskRequest['kind']): Promise<void> {
  const { taskId, projectId, priority } = task;
  const stages = taskDefinitions[kind].stages.map(({ name, weight }) => ({ name, weight }));
  await ports.events.open({ taskId, projectId }, { type: 'queued', kind, priority, stages });
  await ports.queue.enqueue({ taskId, kind, priority });
}

async function checkUploads(ports: Ports, caller: Caller, request: TaskRequest): Promise<void> {
  for (const reference of uploadsOf(request)) {
    const upload = await ports.uploads.find(reference.uploadId);
    if (upload?.ownerId === caller.userId) continue;
    throw new TaskwireError('INVALID_INPUT', `${reference.path}: there is no such upload among yours`, {
      fields: [{ path: reference.path, message: 'upload the file first: POST /api/v1/uploads' }],
    });
  }
}

async function projectOf(ports: Ports, caller: Caller, projectId: string | undefined): Promise<string> {
  if (projectId === undefined) return (await ports.projects.findOrCreateDefault(caller.userId)).projectId;
  const project = await ports.projects.find(projectId);
  if (project?.ownerId === caller.userId) return project.projectId;
  throw new TaskwireError('INVALID_INPUT', 'projectId: there is no such project among yours', {
    fields: [{ path: 'projectId', message: 'leave it out for your default project, or create one: project.create' }],
  });
}

function checkSameRequest(task: StoredTask, request: TaskRequest): void {
  if (task.kind === request.kind && isDeepStrictEqual(task.input, request.input)) return;
  throw new TaskwireError('CONFLICT', 'idempotencyKey: this key was used for a task of another kind or input', {
    fields: [{ path: 'idempotencyKey', message: 'use a new key for a new task' }],
  });
}
