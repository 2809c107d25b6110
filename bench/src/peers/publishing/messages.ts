import * as z from 'zod';

/** Where a publisher of a peer sends its events: by HTTP, or as the progress of a BullMQ job. */
export const targetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('http'), url: z.string() }),
  z.object({ kind: z.literal('bullmq'), redisUrl: z.string() }),
]);
export type Target = z.infer<typeof targetSchema>;

export const publishOrderSchema = z.object({
  type: z.enum(['progress', 'token']),
  rate: z.number().positive(),
  count: z.int().positive(),
});

/** Once it is ready, and after each order. */
export const publishReplySchema = z.object({ done: z.literal(true) });
