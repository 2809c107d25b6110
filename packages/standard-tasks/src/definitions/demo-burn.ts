import { defineTask } from '@taskwire/tasks';
import * as z from 'zod';

/** Keeps a core busy without a pause, to try that the worker stays responsive. */
export const demoBurn = defineTask({
  kind: 'demo.burn',
  summary: 'Keep one processor core busy for some seconds: heavy work to try things with',
  isDemo: true,
  input: z.object({ seconds: z.number().min(0.01).max(3_600).default(10) }),
  output: z.object({ rounds: z.int().nonnegative() }),
  stages: [{ name: 'burn', weight: 1 }],
});
