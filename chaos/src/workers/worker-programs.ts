import { fileURLToPath } from 'node:url';

/** The programs of the workers, as `pnpm build` has made them. */
export const WORKER_PROGRAMS = {
  /** The worker as it is, whose `demo.count` can also commit misdeeds. */
  current: fileURLToPath(new URL('../../dist/workers/current.js', import.meta.url)),
  /** The same as if it were older: see `older-build.ts`. */
  older: fileURLToPath(new URL('../../dist/workers/older.js', import.meta.url)),
} as const;
