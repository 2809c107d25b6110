import * as z from 'zod';
import { entrySchema } from './record.ts';

/** Messages from a contestant's program to the harness. */
export const childMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  /** The product has taken the events up to this number. */
  z.object({ type: z.literal('accepted'), number: z.int().min(1) }),
  /** Events of a watcher inside the program, and the cursor with which it would continue. */
  z.object({ type: z.literal('entry'), entry: entrySchema, cursor: z.string() }),
]);

export type ChildMessage = z.infer<typeof childMessageSchema>;
