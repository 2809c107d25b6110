import { once } from 'node:events';
import { Redis } from 'ioredis';

/** A connection that is ready: ioredis reports an error if one is subscribed before that. */
export async function connectToRedis(redisUrl: string): Promise<Redis> {
  const redis = new Redis(redisUrl);
  await once(redis, 'ready');
  return redis;
}
