import * as z from 'zod';
import type { ProducerSettings, ServerSettings } from './child-bout.ts';

export const serverSettingsSchema: z.ZodType<ServerSettings> = z.object({
  redisUrl: z.url(),
  port: z.int(),
  cursor: z.string(),
});

export const producerSettingsSchema: z.ZodType<ProducerSettings> = z.object({
  redisUrl: z.url(),
  workload: z.object({ events: z.int(), everyMs: z.int() }),
});
