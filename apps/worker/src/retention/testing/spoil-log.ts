import type { TaskAddress } from '@taskwire/event-log';
import type { TestBackend } from '../../testing/test-backend.ts';

/** Writes the next entry of a task's log in a way that nobody can read. */
export async function spoilLog({ redis, eventLog }: TestBackend, task: TaskAddress): Promise<void> {
  const seq = ((await eventLog.inspect(task))?.seq ?? 0) + 1;
  const key = `taskwire:{${task.projectId}}:task:${task.taskId}`;
  await redis.command(`XADD ${key}:log ${seq}-0 event spoiled`);
  await redis.command(`HSET ${key}:meta seq ${seq}`);
}
