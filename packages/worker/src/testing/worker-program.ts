import { setTimeout as delay } from 'node:timers/promises';
import type { Handler } from '../context/handler.ts';
import { createTaskwireWorker } from '../create-taskwire-worker.ts';
import { testHandlersWith } from './test-backend.ts';
import { countUsually, type countTask } from './test-tasks.ts';
import { MISBEHAVIOUR } from './worker-process.ts';

function leftAlone(work: () => unknown): void {
  setTimeout(work, 10);
}

const misbehaviours: Readonly<Record<number, () => unknown>> = {
  [MISBEHAVIOUR.exits]: () => process.exit(7),
  [MISBEHAVIOUR.isKilled]: () => process.kill(process.pid, 'SIGKILL'),
  [MISBEHAVIOUR.throwsLater]: () =>
    leftAlone(() => {
      throw new Error('thrown in a timer');
    }),
  [MISBEHAVIOUR.rejectsLater]: () => leftAlone(() => Promise.reject(Object.freeze(new Error('rejected')))),
  [MISBEHAVIOUR.blocks]: () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(process.argv[3])),
  [MISBEHAVIOUR.neverEnds]: () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0),
};

/** Counts, and misbehaves in tasks that count to certain numbers. */
const count: Handler<typeof countTask> = async (ctx, input) => {
  const misbehaviour = misbehaviours[input.to];
  if (misbehaviour === undefined) return countUsually(ctx, input);
  return ctx.stage('count', async (stage) => {
    await stage.progress(1, 2);
    await delay(input.everyMs);
    misbehaviour();
    if (input.to !== MISBEHAVIOUR.blocks) await delay(3_600_000, undefined, { signal: stage.signal });
    return { counted: input.to };
  });
};

await createTaskwireWorker({
  name: 'of-tests',
  handlers: testHandlersWith({ count }),
  timings: JSON.parse(process.argv[2] ?? '{}'),
}).start();
