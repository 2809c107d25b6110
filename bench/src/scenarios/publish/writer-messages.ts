import * as z from 'zod';

/** Who writes: the product's own way, or the script called with arguments that were recorded from it. */
export const writerNameSchema = z.enum(['taskwire', 'bare-script']);
export type WriterName = z.infer<typeof writerNameSchema>;

export const writerSettingsSchema = z.object({
  writer: writerNameSchema,
  redisUrl: z.string(),
  /** Events in one append. */
  batch: z.int().positive(),
  /** How many appends are on their way at a time. */
  inFlight: z.int().positive(),
  seconds: z.number().positive(),
});
export type WriterSettings = z.infer<typeof writerSettingsSchema>;

/** First that it is ready, then what it has done. */
export const writerReplySchema = z.union([
  z.object({ ready: z.literal(true) }),
  z.object({
    events: z.int(),
    /** That the log holds in the end, by Redis's own count; without those that open the task. */
    inLog: z.int(),
    seconds: z.number(),
    /** User and system, of this process. */
    cpuMicros: z.number(),
    redisCpuMicros: z.number(),
  }),
]);
export type WriterReply = z.infer<typeof writerReplySchema>;
