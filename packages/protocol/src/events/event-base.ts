import { optional, text, wholeNumber } from '../schemas/index.ts';

/** Fields of every event of a log. */
export const base = {
  taskId: text(),
  projectId: text(),
  /** Number in the task's log: 1, 2, 3, … with no holes. */
  seq: wholeNumber({ min: 1 }),
  /** Number of the attempt that wrote it: 0 before a worker has claimed the task, then 1, 2, … */
  attempt: wholeNumber({ min: 0 }),
  /** Time of writing, in milliseconds since 1970. */
  at: wholeNumber(),
};

/** First seq of a merged event's range; absent if the event stands for itself alone (MUST 10). */
export const fromSeq = optional(wholeNumber({ min: 1 }));
