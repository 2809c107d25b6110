import { defineTask } from '@taskwire/tasks';
import * as z from 'zod';

/** Counts slowly, to try a deployment and for tests that need a task of known length. */
export const demoCount = defineTask({
  kind: 'demo.count',
  summary: 'Count to a number, slowly: a task of known length to try things with',
  isDemo: true,
  input: z.object({
    to: z.int().min(1).max(100_000).default(10),
    /** Time (ms) between two numbers. */
    everyMs: z.int().min(0).max(60_000).default(500),
    /** Failures on purpose at this number, in this many first attempts. */
    failures: z.exactOptional(z.object({ at: z.int().min(1), times: z.int().min(1).max(10) })),
  }),
  output: z.object({ counted: z.int() }),
  stages: [{ name: 'count', weight: 1 }],
});
