import * as z from 'zod';

/** Fields of every event of a log. */
export const base = {
  taskId: z.string(),
  projectId: z.string(),
  /** Number in the task's log: 1, 2, 3, … with no holes. */
  seq: z.int().positive(),
  /** Number of the attempt that wrote it: 0 before a worker has claimed the task, then 1, 2, … */
  attempt: z.int().nonnegative(),
  /** Time of writing, in milliseconds since 1970. */
  at: z.int(),
};

/** First seq of a merged event's range; absent if the event stands for itself alone (MUST 10). */
export const fromSeq = z.exactOptional(z.int().positive());
