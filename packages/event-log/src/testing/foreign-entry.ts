import type { Redis } from 'ioredis';
import { defineScripts } from '../scripts/commands.ts';
import { taskKeys, topicKeys, type TaskAddress } from '../log/keys.ts';
import { OFFERED_SECRET } from '../log/signature.ts';

/** An entry of another version, as the append script takes it. */
export interface ForeignEntry {
  type: string;
  label?: string;
  /** The entry without its beginning, which the script writes. */
  json: string;
}

/** Appends an entry as another version does: by the script, without the checks of this version. */
export async function appendForeign(redis: Redis, task: TaskAddress, entry: ForeignEntry): Promise<void> {
  defineScripts(redis);
  const own = taskKeys(task);
  const topic = topicKeys({ projectId: task.projectId });
  const keys = [own.log, own.meta, own.base, topic.log, topic.meta, topic.tasks];
  const { type, label = '', json } = entry;
  const options = ['outside', 0, 0, 0];
  await redis.taskwireAppend(
    ...[...keys, own.channel, topic.channel, task.taskId, task.projectId, ...options],
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
