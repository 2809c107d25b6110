import { randomUUID } from 'node:crypto';
import { initialTaskState, type TaskEventDraft, type TaskSnapshot } from '@taskwire/protocol';
import type { TaskAddress } from '../log/keys.ts';
import type { EventLogWriter } from '../roles/writer.ts';

export const STAGE = 'work';

export function newTask(): TaskAddress {
  return { taskId: randomUUID(), projectId: randomUUID(), ownerId: randomUUID() };
}

export function queued(): Extract<TaskEventDraft, { type: 'queued' }> {
  return { type: 'queued', kind: 'test.kind', priority: 5, stages: [{ name: STAGE, weight: 1 }] };
}

export function logLine(message: string): TaskEventDraft {
  return { type: 'log', level: 'info', message };
}

/** Opens the log of a new task, and claims it. */
export async function claimTask(log: EventLogWriter, task: TaskAddress) {
  await log.open(task, queued());
  const claim = await log.claim(task, 'worker-1');
  if (!claim.claimed) throw new Error('the task was not claimed');
  return { task, ...claim };
}

/** Stands in for PostgreSQL: has every task, and the snapshots that a test persists. */
export class Snapshots {
  readonly persisted = new Map<string, TaskSnapshot>();
  readonly #known = new Map<string, TaskAddress>();

  add(task: TaskAddress): TaskAddress {
    this.#known.set(task.taskId, task);
    return task;
  }

  /** From now on there is no such task. */
  forget({ taskId }: TaskAddress): void {
    this.#known.delete(taskId);
  }

  readonly load = (taskId: string): Promise<TaskSnapshot | undefined> => {
    const task = this.#known.get(taskId);
    if (task === undefined) return Promise.resolve(undefined);
    const initial = { seq: 0, state: initialTaskState({ ...task, kind: 'test.kind' }) };
    return Promise.resolve(this.persisted.get(taskId) ?? initial);
  };
}
