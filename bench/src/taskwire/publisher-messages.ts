import * as z from 'zod';

/** Settings of a publisher process. */
export const publisherSettingsSchema = z.object({
  redisUrl: z.string(),
  taskId: z.string(),
  projectId: z.string(),
  ownerId: z.string(),
});
export type PublisherSettings = z.infer<typeof publisherSettingsSchema>;

/** Its commands. `rate`: events a second. */
export const publisherOrderSchema = z.discriminatedUnion('order', [
  z.object({
    order: z.literal('publish'),
    type: z.enum(['progress', 'token']),
    rate: z.number().positive(),
    count: z.int().positive(),
    messageLength: z.exactOptional(z.int().positive()),
    windowMs: z.exactOptional(z.int().positive()),
  }),
  z.object({ order: z.literal('finish') }),
]);
export type PublisherOrder = z.infer<typeof publisherOrderSchema>;

/** Its answers: `ready` once it holds the task, `written` after each command. */
export const publisherReplySchema = z.object({ reply: z.enum(['ready', 'written']) });
export type PublisherReply = z.infer<typeof publisherReplySchema>;
