import * as z from 'zod';

/** The writer: the product itself, or the script, called with recorded arguments of the product. */
export const writerNameSchema = z.enum(['taskwire', 'bare-script']);
export type WriterName = z.infer<typeof writerNameSchema>;

export const writerSettingsSchema = z.object({
  writer: writerNameSchema,
  redisUrl: z.string(),
  /** Events in one append. */
  batch: z.int().positive(),
  /** Number of appends under way at a time. */
  inFlight: z.int().positive(),
  seconds: z.number().positive(),
});
export type WriterSettings = z.infer<typeof writerSettingsSchema>;

/** Its messages: readiness first, then the results. */
export const writerReplySchema = z.union([
  z.object({ ready: z.literal(true) }),
  z.object({
    events: z.int(),
    /** Events in the log at the end, by Redis's own count; without those that open the task. */
    inLog: z.int(),
    seconds: z.number(),
    /** User and system, of this process. */
    cpuMicros: z.number(),
    redisCpuMicros: z.number(),
  }),
]);
export type WriterReply = z.infer<typeof writerReplySchema>;
