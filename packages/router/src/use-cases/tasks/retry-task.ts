import { TaskwireError, fieldErrorText, fieldErrors, isTerminalStatus } from '@taskwire/protocol';
import type { JsonValue, TaskCatalog } from '@taskwire/tasks';
import type { Caller, Ports } from '../../context.ts';
import type { StoredTask } from '../../ports/task-store.ts';
import { checkOffered } from './check-offered.ts';
import { checkUploads } from './check-uploads.ts';
import { startTask } from './start-task.ts';

/**
 * Repeats an ended task as a new task, which takes over its input and the results of its finished stages.
 * @throws TaskwireError CONFLICT if the task has not ended, or the key was used for something else; INVALID_INPUT if its
 * input no longer fits its kind, or names an upload that is gone.
 */
export async function retryTask(
  ports: Ports,
  caller: Caller,
  { earlier, idempotencyKey }: { earlier: StoredTask; idempotencyKey: string | undefined },
): Promise<StoredTask> {
  await checkEnded(ports, earlier);
  const { taskId: retryOf, ownerId, projectId, priority, timeoutMs } = earlier;
  const { kind, input, uploads } = await checkRetry(ports, caller, earlier);
  return startTask(ports, {
    ownerId,
    projectId,
    kind,
    input,
    uploads,
    priority,
    retryOf,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  });
}

interface RetryRequest {
  kind: string;
  input: JsonValue;
}

/**
 * Checks a task's request against today's rules.
 * @returns the request, with the ids of its uploads.
 * @throws TaskwireError INVALID_INPUT.
 */
export async function checkRetry(
  ports: Ports,
  caller: Caller,
  earlier: StoredTask,
): Promise<RetryRequest & { uploads: string[] }> {
  const request = checkStoredInput(ports.catalog, earlier);
  checkOffered(ports, request.kind);
  return { ...request, uploads: await checkUploads(ports, caller, request) };
}

/** The log has the end before the row: a watcher that saw the end may retry at once. */
async function checkEnded(ports: Ports, earlier: StoredTask): Promise<void> {
  if (isTerminalStatus(earlier.status)) return;
  if (isTerminalStatus((await ports.events.snapshot(earlier)).state.status)) return;
  throw new TaskwireError('CONFLICT', 'this task has not ended; wait for its end, or cancel it first', {
    fields: [{ path: 'taskId', message: 'wait for its end, or cancel it first' }],
  });
}

/** @throws TaskwireError INVALID_INPUT if the task's input no longer fits its kind. */
export function checkStoredInput(catalog: TaskCatalog, { kind, input }: StoredTask): RetryRequest {
  const request = catalog.requestSchema.safeParse({ kind, input });
  if (!request.success) {
    const fields = fieldErrors(request.error);
    const message = `the task's input no longer fits its kind: ${fieldErrorText(fields)}; create a new task`;
    throw new TaskwireError('INVALID_INPUT', message, { fields });
  }
  return { kind, input: catalog.storedInput(kind, input) };
}
