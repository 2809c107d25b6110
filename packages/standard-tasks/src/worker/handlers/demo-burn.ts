import { createHash } from 'node:crypto';
import { demoBurn } from '../../definitions/demo-burn.ts';
import { threadHandler } from '@taskwire/worker/thread';

/** Interval (ms) between two reports of progress. */
const PROGRESS_EVERY_MS = 100;

/** Keeps a core busy without a pause: it looks neither at its signal nor at the answers to what it says. */
export default threadHandler(demoBurn, (ctx, { seconds }) =>
  ctx.stage('burn', async (stage) => {
    const begunAt = performance.now();
    let rounds = 0;
    let saidAt = 0;
    for (let passed = 0; passed < seconds * 1_000; passed = performance.now() - begunAt) {
      createHash('sha256').update(String(rounds)).digest();
      rounds += 1;
      if (passed - saidAt < PROGRESS_EVERY_MS) continue;
      saidAt = passed;
      void stage.progress(Math.round(passed) / 1_000, seconds);
    }
    await stage.progress(seconds, seconds);
    return { rounds };
  }),
);
