import { parsedPartSchema } from '@taskwire/documents';
import { z } from 'zod';

/** What a parsing thread is started with. */
export const threadDataSchema = z.object({ path: z.string(), mediaType: z.string() });
export type ThreadData = z.infer<typeof threadDataSchema>;

/** What is sent to a parsing thread to get the next part. */
export const NEXT_PART = 'next';

/** What a parsing thread answers: `ready` once, then one of the others for each `next`. */
export const threadReplySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('part'), part: parsedPartSchema }),
  z.object({ type: z.literal('end') }),
  z.object({ type: z.literal('failed'), code: z.string(), message: z.string(), detail: z.string() }),
]);
export type ThreadReply = z.infer<typeof threadReplySchema>;
