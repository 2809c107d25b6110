import { defineTask } from '@taskwire/tasks';
import * as z from 'zod';

/** Keeps a core busy without a pause, in a thread. */
export const burnTask = defineTask({
  kind: 'demo.burn',
  isDemo: true,
  input: z.object({ seconds: z.number().min(0.01).max(3_600).default(10) }),
  output: z.object({ rounds: z.int().nonnegative() }),
  stages: [{ name: 'burn', weight: 1 }],
});
