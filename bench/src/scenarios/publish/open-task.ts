import { randomUUID } from 'node:crypto';
import { createEventLog, type AttemptWriter, type EventLog, type TaskAddress } from '@taskwire/event-log';
import { initialTaskState } from '@taskwire/protocol';
import { EventSource, PUBLISHED_STAGE } from '../../taskwire/event-source.ts';

/** A task's log, opened and claimed as by api and worker. */
export interface OpenTask {
  log: EventLog;
  task: TaskAddress;
  writer: AttemptWriter;
}

/** Begins a log, as `task.create` does, and takes it, as a worker does. */
export async function openTask(redisUrl: string): Promise<OpenTask> {
  const task = { taskId: randomUUID(), projectId: randomUUID(), ownerId: 'bench' };
  const log = createEventLog({
    redisUrl,
    patient: true,
    loadSnapshot: async () => ({ seq: 0, state: initialTaskState({ ...task, kind: 'demo.text' }) }),
  });
  const stages = [{ name: PUBLISHED_STAGE, weight: 1 }];
  await log.open(task, { type: 'queued', kind: 'demo.text', priority: 5, stages });
  const claimed = await log.claim(task, 'bench');
  if (!claimed.claimed) throw new Error(`the task cannot be taken: ${claimed.reason}`);
  return { log, task, writer: claimed.writer };
}

/** The events of one append. */
export function makeBatch(size: number) {
  const source = new EventSource();
  return Array.from({ length: size }, () => source.make('token'));
}
