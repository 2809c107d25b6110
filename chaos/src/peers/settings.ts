import * as z from 'zod';
import type { ProducerSettings, ServerSettings } from './child-bout.ts';
import { once } from 'node:events';
import { Redis } from 'ioredis';

export const serverSettingsSchema: z.ZodType<ServerSettings> = z.object({
  redisUrl: z.url(),
  port: z.int(),
  cursor: z.string(),
});

export const producerSettingsSchema: z.ZodType<ProducerSettings> = z.object({
  redisUrl: z.url(),
  workload: z.object({ events: z.int(), everyMs: z.int() }),
});

/** A connection that is ready: ioredis reports an error if one is subscribed before that. */
export async function connectToRedis(redisUrl: string): Promise<Redis> {
  const redis = new Redis(redisUrl);
  await once(redis, 'ready');
  return redis;
}
