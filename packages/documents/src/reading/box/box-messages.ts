import { z } from 'zod';

/** Messages from a box: `ready` once, a batch of items for each `next`, and `end` or `failed` as the last. */
export const boxMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('items'), items: z.array(z.unknown()) }),
  z.object({ type: z.literal('end') }),
  z.object({ type: z.literal('failed'), code: z.string(), message: z.string(), detail: z.string() }),
]);
export type BoxMessage = z.infer<typeof boxMessageSchema>;
