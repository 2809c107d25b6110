import { setTimeout as delay } from 'node:timers/promises';
import { demoCount } from '../../definitions/demo-count.ts';
import { handle, TaskError } from '@taskwire/worker';

/** Counts slowly, and fails on purpose if its input says so. */
export const countSlowly = handle(demoCount, async (ctx, input) => {
  const { to, everyMs, failures } = input;
  return ctx.stage('count', async (stage) => {
    for (let number = 1; number <= to; number += 1) {
      await delay(everyMs, undefined, { signal: stage.signal });
      if (failures?.at === number && ctx.attempt <= failures.times) {
        throw new TaskError('FAILED_ON_PURPOSE', `failed on purpose at ${number}`);
      }
      await stage.progress(number, to, String(number));
    }
    return { counted: to };
  });
});
