import { IORedisPublisher } from '@orpc/experimental-publisher/ioredis';
import { connectToRedis } from '../settings.ts';

/** A number; the last one carries a mark by which the application ends its stream. */
export interface Published {
  number: number;
  last: boolean;
}

export type Channels = Record<'task', Published>;

/** Key and channel of the publisher's channel `task`. */
export const TASK_KEY = 'orpc:publisher:task';

/** With events kept for resuming, and with the buffer that the documentation calls free of data loss. */
export async function createPublisher(redisUrl: string): Promise<IORedisPublisher<Channels>> {
  return new IORedisPublisher<Channels>({
    commander: await connectToRedis(redisUrl),
    listener: await connectToRedis(redisUrl),
    resumeRetentionSeconds: 60 * 2,
    maxBufferedEvents: Number.POSITIVE_INFINITY,
  });
}
