import { isDeepStrictEqual } from 'node:util';
import { TaskwireError, stagePlansOf } from '@taskwire/protocol';
import type { Ports } from '../../context.ts';
import type { NewTask, StoredTask } from '../../ports/task-store.ts';

/**
 * Writes the row: with it the task is accepted. Then opens the log and enqueues. A failure of these is only reported: a
 * worker's reconciler repeats them as soon as it can. Each step may be repeated.
 * If the row existed (the same idempotency key), the log is not opened: if Redis lost it, a new one must not begin at 1
 * again, because watchers have later seqs. The task is enqueued, and its worker restores a lost log.
 * @throws TaskwireError CONFLICT if the key was used for something else; the error of writing the row: then there is none.
 */
export async function startTask(ports: Ports, request: NewTask): Promise<StoredTask> {
  const { task, created } = await ports.tasks.create(request);
  if (!created) checkSame(task, request);
  try {
    if (created) await open(ports, task, request);
    const { taskId, priority } = task;
    if (created || task.status === 'queued') await ports.queue.enqueue({ taskId, kind: request.kind, priority });
  } catch (err) {
    ports.faults.report('an accepted task could not be enqueued: a reconciler does it', { taskId: task.taskId, err });
  }
  return task;
}

async function open(ports: Ports, task: StoredTask, { kind }: NewTask): Promise<void> {
  const stages = stagePlansOf(ports.catalog.find(kind)?.stages ?? []);
  await ports.events.open(task, { type: 'queued', kind, priority: task.priority, stages });
}

function checkSame(task: StoredTask, request: NewTask): void {
  const same = task.kind === request.kind && task.retryOf === request.retryOf;
  if (same && isDeepStrictEqual(task.input, request.input)) return;
  throw new TaskwireError('CONFLICT', 'idempotencyKey: this key was used for a task of another kind or input', {
    fields: [{ path: 'idempotencyKey', message: 'use a new key for a new task' }],
  });
}
