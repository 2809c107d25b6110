import { TaskwireError } from '@taskwire/protocol';
import type { JsonValue, TaskRequestOptions } from '@taskwire/tasks';
import type { Caller, Ports } from '../../context.ts';
import type { StoredTask } from '../../ports/task-store.ts';
import { checkOffered } from './check-offered.ts';
import { checkUploads } from './check-uploads.ts';
import { startTask } from './start-task.ts';

const DEFAULT_PRIORITY = 5;

/** A request for a task. Its input is in its stored form: see `storedForm`. */
export interface NewTaskRequest extends TaskRequestOptions {
  kind: string;
  input: JsonValue;
}

/**
 * Creates a task, whose input is in its stored form, and sets it going. May be repeated with the same idempotency key.
 * @throws TaskwireError INVALID_INPUT for a kind that is not offered, a foreign upload or project; CONFLICT if the key was used for something else.
 */
export async function createTask(ports: Ports, caller: Caller, request: NewTaskRequest): Promise<StoredTask> {
  checkOffered(ports, request.kind);
  const uploads = await checkUploads(ports, caller, request);
  const { kind, input, priority = DEFAULT_PRIORITY, timeoutMs, idempotencyKey } = request;
  return startTask(ports, {
    ownerId: caller.userId,
    projectId: await projectOf(ports, caller, request.projectId),
    kind,
    input,
    uploads,
    priority,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  });
}

async function projectOf(ports: Ports, caller: Caller, projectId: string | undefined): Promise<string> {
  if (projectId === undefined) return (await ports.projects.findOrCreateDefault(caller.userId)).projectId;
  const project = await ports.projects.find(projectId);
  if (project?.ownerId === caller.userId) return project.projectId;
  throw new TaskwireError('INVALID_INPUT', 'projectId: there is no such project among yours', {
    fields: [{ path: 'projectId', message: 'leave it out for your default project, or create one: project.create' }],
  });
}
