import * as z from 'zod';

/** Destination of a peer's publisher: HTTP, or the progress of a BullMQ job. */
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
