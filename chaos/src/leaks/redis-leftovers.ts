import type { Redis } from 'ioredis';

/** Channels of a project or owner that somebody is still subscribed to. */
export async function subscriptionsLeft(redis: Redis, marks: readonly string[]): Promise<string[]> {
  const channels = await redis.pubsub('CHANNELS', 'taskwire:*');
  return channels.map(String).filter((channel) => marks.some((mark) => channel.includes(mark)));
}

/** Keys of ended tasks that would stay for ever: no expiry, or a job that is still queued. */
export async function keysLeft(redis: Redis, taskIds: readonly string[]): Promise<string[]> {
  const left: string[] = [];
  for await (const page of redis.scanStream({ count: 1_000 })) {
    if (!Array.isArray(page)) continue;
    for (const key of page.map(String)) {
      if (!taskIds.some((taskId) => key.includes(taskId))) continue;
      if ((await redis.ttl(key)) === -1) left.push(key);
    }
  }
  return left;
}

/** Removes every key of a project and of its owner's topic after their last use. */
export async function clearKeys(redis: Redis, marks: readonly string[]): Promise<void> {
  for await (const page of redis.scanStream({ match: 'taskwire:*', count: 1_000 })) {
    if (!Array.isArray(page)) continue;
    const keys = page.map(String).filter((key) => marks.some((mark) => key.includes(mark)));
    if (keys.length > 0) await redis.unlink(keys);
  }
}
