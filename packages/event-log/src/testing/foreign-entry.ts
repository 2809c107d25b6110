import type { Redis } from 'ioredis';
import { defineScripts } from '../scripts/commands.ts';
import { taskKeys, topicKeys, type TaskAddress } from '../log/keys.ts';
import { OFFERED_SECRET } from '../log/signature.ts';

/** An entry as the append script takes it, of a version of this package that there is not. */
export interface ForeignEntry {
  type: string;
  label?: string;
  /** The entry without its beginning: what stands before it is the script's. */
  json: string;
}

/** Appends an entry as another version would: by the script, but past the checks of this version. */
export async function appendForeign(redis: Redis, task: TaskAddress, entry: ForeignEntry): Promise<void> {
  defineScripts(redis);
  const own = taskKeys(task);
  const topic = topicKeys({ projectId: task.projectId });
  const keys = [own.log, own.meta, own.base, topic.log, topic.meta, topic.tasks];
  const { type, label = '', json } = entry;
  const author = ['outside', 0, 0, 0];
  await redis.taskwireAppend(
    ...[...keys, own.channel, topic.channel, task.taskId, task.projectId, ...author],
    ...[type, label, type === 'progress' ? '0' : '', json, OFFERED_SECRET],
  );
}

/** The JSON of a foreign event of a task. */
export function foreignJson(
  { taskId, projectId }: TaskAddress,
  fields: { type: string; [field: string]: unknown },
): string {
  return JSON.stringify({ taskId, projectId, ...fields });
}
