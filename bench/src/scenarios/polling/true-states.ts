import { initialTaskState, reduce, taskEventSchema } from '@taskwire/protocol';
import { Redis } from 'ioredis';
import type { TrueState } from './judge.ts';

/**
 * Every state that a task was in, from its log in Redis, read past the code that is measured.
 * @throws Error if the log does not begin with the task.
 */
export async function readTrueStates(
  redisUrl: string,
  task: { taskId: string; projectId: string },
): Promise<TrueState[]> {
  const redis = new Redis(redisUrl);
  try {
    const [key = ''] = await redis.keys(`taskwire:*:task:${task.taskId}:log`);
    const entries = await redis.xrange(key, '-', '+');
    return foldAll(
      entries.map(([, fields]) => fields[1] ?? ''),
      task,
    );
  } finally {
    redis.disconnect();
  }
}

function foldAll(lines: readonly string[], task: { taskId: string; projectId: string }): TrueState[] {
  let state = initialTaskState({ ...task, kind: 'demo.text' });
  return lines.map((line, index) => {
    const event = taskEventSchema.parse(JSON.parse(line));
    if (event.type === 'unreadable') throw new Error(`event ${index + 1} cannot be read`);
    if (event.seq !== index + 1) throw new Error(`event ${index + 1} is gone from the log: give fewer --seconds`);
    state = reduce(state, event);
    const { status, attempt, percent } = state;
    return { seq: event.seq, at: event.at, status, attempt, percent };
  });
}
