import * as z from 'zod';

export const crowdSettingsSchema = z.object({
  host: z.string(),
  port: z.int(),
  /** With the query, without a cursor. */
  path: z.string(),
  token: z.string(),
  watchers: z.int().positive(),
});
export type CrowdSettings = z.infer<typeof crowdSettingsSchema>;

export const crowdOrderSchema = z.discriminatedUnion('order', [
  /** Waits until all have `seq`. */
  z.object({ order: z.literal('await'), seq: z.int(), withinMs: z.number() }),
  /** Watchers without a connection connect, spread over a time (ms). */
  z.object({ order: z.literal('return'), spreadMs: z.number() }),
  /** From now on, watchers that lose their connection stay away. */
  z.object({ order: z.literal('hold') }),
]);
export type CrowdOrder = z.infer<typeof crowdOrderSchema>;

export const crowdReplySchema = z.object({
  /** Watchers that have reached the awaited event. */
  arrived: z.int(),
  /** Number of events that all of them together lack up to that one. */
  behind: z.int(),
  /** Time (ms) since the command. */
  tookMs: z.number(),
  received: z.int(),
  lost: z.int(),
  reported: z.int(),
  duplicates: z.int(),
  failures: z.int(),
  /** Tries to connect that ended before an answer came. */
  refused: z.int(),
  /** Answers that were no stream. */
  rejected: z.int(),
});
export type CrowdReply = z.infer<typeof crowdReplySchema>;
