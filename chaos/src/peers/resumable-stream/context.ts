import { createResumableStreamContext } from 'resumable-stream/ioredis';
import { connectToRedis } from '../connect-to-redis.ts';

export const STREAM_ID = 'task';

/** `waitUntil: null` is what the documentation asks for on a server that nobody suspends. */
export async function createContext(redisUrl: string) {
  return createResumableStreamContext({
    waitUntil: null,
    publisher: await connectToRedis(redisUrl),
    subscriber: await connectToRedis(redisUrl),
  });
}
