import * as z from 'zod';
import { watchAddressSchema } from './watch-address.ts';

const watchers = z.int().positive();

/** Commands for the load process, one after the other. */
export const loadOrderSchema = z.discriminatedUnion('order', [
  /** Opens watchers that count. */
  z.object({ order: z.literal('open'), address: watchAddressSchema, watchers }),
  /** Opens watchers that take nothing after the answer's beginning, beside those that are open. */
  z.object({ order: z.literal('stall'), address: watchAddressSchema, watchers }),
  /** Asks how many watchers have got anything. */
  z.object({ order: z.literal('look') }),
  /** From here on these events are counted. */
  z.object({ order: z.literal('begin'), first: z.int().positive(), count: z.int().positive() }),
  /** Waits until all are in, or until nothing has come for `quietMs`, or `boundMs` are over. */
  z.object({ order: z.literal('collect'), quietMs: z.number(), boundMs: z.number() }),
  z.object({ order: z.literal('close') }),
]);
export type LoadOrder = z.infer<typeof loadOrderSchema>;

/** Results of the watchers. Latencies in ms, from an event's creation to its arrival at a watcher. */
export const collectedSchema = z.object({
  delivered: z.int(),
  merged: z.int(),
  repeated: z.int(),
  /** All that the watchers received, whatever it is. */
  bytes: z.int(),
  /** Connections that the server ended. */
  cut: z.int(),
  p50Ms: z.number(),
  p99Ms: z.number(),
});
export type Collected = z.infer<typeof collectedSchema>;

/** Its answers; `failed` may follow any command. */
export const loadReplySchema = z.discriminatedUnion('reply', [
  z.object({ reply: z.literal('done') }),
  z.object({ reply: z.literal('failed'), reason: z.string() }),
  z.object({ reply: z.literal('looked'), reached: z.int() }),
  z.object({ reply: z.literal('collected'), ...collectedSchema.shape }),
]);
export type LoadReply = z.infer<typeof loadReplySchema>;
