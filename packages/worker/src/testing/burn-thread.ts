import { createHash } from 'node:crypto';
import { threadHandler } from '../thread.ts';
import { burnTask } from './burn-task.ts';

/** Pause (ms) between two reports of progress. */
const PROGRESS_EVERY_MS = 100;

/** Looks neither at its signal nor at the answers to its calls. */
export default threadHandler(burnTask, async (ctx, { seconds }) =>
  ctx.stage('burn', async (stage) => {
    const begunAt = performance.now();
    let rounds = 0;
    let reportedAt = 0;
    for (let passed = 0; passed < seconds * 1_000; passed = performance.now() - begunAt) {
      createHash('sha256').update(String(rounds)).digest();
      rounds += 1;
      if (passed - reportedAt < PROGRESS_EVERY_MS) continue;
      reportedAt = passed;
      void stage.progress(Math.round(passed) / 1_000, seconds);
    }
    await stage.progress(seconds, seconds);
    return { rounds };
  }),
);
