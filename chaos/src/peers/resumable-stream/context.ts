import { createResumableStreamContext } from 'resumable-stream/ioredis';
import { connectToRedis } from '../settings.ts';

export const STREAM_ID = 'task';

/** The documentation asks for `waitUntil: null` on a server that is never suspended. */
export async function createContext(redisUrl: string) {
  return createResumableStreamContext({
    waitUntil: null,
    publisher: await connectToRedis(redisUrl),
    subscriber: await connectToRedis(redisUrl),
  });
}
