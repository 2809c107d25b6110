import { defineTask, latest, list, upload } from '@taskwire/tasks';
import * as z from 'zod';

/** Counts the words of a text file, line by line. Server, worker and page take their types from this definition. */
export const countWords = defineTask({
  kind: 'words.count',
  summary: 'Count the words of a text file',
  input: z.object({
    /** The caller's own upload. Owner, type and size are checked before the task is created. */
    file: upload({ accept: ['text/plain'], maxBytes: 5_000_000 }),
    /** Time (ms) that each line takes, so that there is something to watch. */
    pauseMs: z.int().min(0).max(1_000).default(150),
  }),
  output: z.object({ lines: z.int(), words: z.int() }),
  stages: [
    { name: 'read', weight: 1 },
    // The result of a stage with a schema is remembered: a later attempt skips the stage.
    { name: 'count', weight: 9, result: z.object({ words: z.int() }) },
  ],
  channels: {
    longest: latest(z.object({ word: z.string(), line: z.int() })),
    notes: list(z.string(), { keep: 20 }),
  },
});
