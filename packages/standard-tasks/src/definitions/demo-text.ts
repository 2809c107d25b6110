import { defineTask } from '@taskwire/tasks';
import * as z from 'zod';

const stageResult = z.object({ words: z.int().nonnegative(), characters: z.int().nonnegative() });

/** Writes words as tokens at a given speed, to try watchers of streamed text. */
export const demoText = defineTask({
  kind: 'demo.text',
  summary: 'Write words one by one, first a draft and then a polished text: a stream to try watchers with',
  isDemo: true,
  input: z.object({
    /** Number of words in each of the two texts. */
    words: z.int().min(1).max(1_000_000).default(200),
    wordsPerSecond: z.int().min(1).max(100_000).default(20),
    /** Failures on purpose at this word of this stage, in this many first attempts. */
    failures: z.exactOptional(
      z.object({
        stage: z.enum(['draft', 'polish']),
        at: z.int().min(1),
        times: z.int().min(1).max(10),
      }),
    ),
  }),
  output: z.object({ words: z.int().nonnegative(), characters: z.int().nonnegative() }),
  stages: [
    { name: 'draft', weight: 1, result: stageResult },
    { name: 'polish', weight: 1, result: stageResult },
  ],
});
