import type { ApiDatabase } from '../adapters/api-database.ts';
import type { RunningTask } from './running-task.ts';
import type { Backing } from './test-server.ts';

/** Empties Redis. */
export async function loseLogs(backing: Backing): Promise<void> {
  await backing.redis.flush();
}

const SPOIL = [
  "local log = redis.call('KEYS', '*:task:' .. ARGV[1] .. ':log')[1]",
  "local meta = string.sub(log, 1, -4) .. 'meta'",
  "local seq = redis.call('HINCRBY', meta, 'seq', 1)",
  "redis.call('XADD', log, seq .. '-0', 'event', 'no event')",
  'return seq',
].join(' ');

/** Writes the next entry of a task's log in an unreadable form. */
export async function spoilLog(backing: Backing, { taskId }: RunningTask): Promise<void> {
  await backing.redis.command(`EVAL "${SPOIL}" 0 ${taskId}`);
}

/** Leaves a hole in a task's log and deletes its row: no reader can continue from before the hole. */
export async function breakLog(backing: Backing, database: ApiDatabase, { taskId }: RunningTask): Promise<void> {
  await database.task.delete({ where: { id: taskId } });
  await backing.redis.command(`EVAL "${SPOIL.replace("'seq', 1", "'seq', 2")}" 0 ${taskId}`);
}
