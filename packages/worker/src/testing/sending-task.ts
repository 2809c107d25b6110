import { defineTask, latest, list } from '@taskwire/tasks';
import * as z from 'zod';

/** Sends values to its channels, and fails in its first attempt if it is asked to. */
export const sendingTask = defineTask({
  kind: 'test.sending',
  input: z.object({ notes: z.int(), failsAt: z.exactOptional(z.int()) }),
  output: z.object({ refused: z.string() }),
  stages: [{ name: 'send', weight: 1 }],
  channels: { preview: latest(z.object({ width: z.int() })), notes: list(z.string(), { keep: 3 }) },
});
