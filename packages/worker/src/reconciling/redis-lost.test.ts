import { setTimeout as delay } from 'node:timers/promises';
import type { TaskAddress } from '@taskwire/event-log';
import { isTerminalEventType } from '@taskwire/protocol';
import type { TaskWorker } from '@taskwire/queue';
import { eventually } from '@taskwire/test-kit/vitest';
import { afterEach, describe, expect, it } from 'vitest';
import { claimTask, tokens } from '../retention/testing/fixed-attempt.ts';
import { readHistory } from '../retention/testing/history.ts';
import { createTask, useTestBackend, readRow, type CountHandler } from '../testing/test-backend.ts';
import type { Reconciler } from './reconciler.ts';
import { createReconciler, startRunner, watch, type Watcher } from './testing/reconciling-backend.ts';
import { countTask } from '../testing/test-tasks.ts';

const kind = 'demo.count';
/** Longest wait (ms) for what the reconciler does. */
const SOON_MS = 20_000;

const backend = useTestBackend();
let reconciler: Reconciler | undefined;
const workers: TaskWorker[] = [];

afterEach(async () => {
  await reconciler?.stop();
  await Promise.all(workers.splice(0).map((worker) => worker.close(true)));
});

async function enqueuedTask(input = {}) {
  const task = await createTask(backend, countTask, { to: 3, everyMs: 0, ...input });
  await backend.queue.enqueue({ taskId: task.taskId, kind, priority: 5 });
  return task;
}

/** Empties Redis once the watcher has all that there is; from then on tasks are reconciled. */
async function loseRedis(task: TaskAddress, { messages }: Watcher): Promise<number> {
  const { seq } = await backend.eventLog.snapshot(task);
  await eventually(() => expect(messages.at(-1)).toMatchObject({ seq }), SOON_MS);
  await backend.redis.flush();
  reconciler = createReconciler(backend);
  reconciler.start();
  return seq;
}

/** The task ends, and its watcher gets one gap, of its end, and of nothing twice. */
async function expectOneGap(
  task: TaskAddress,
  { messages, ended }: Watcher,
  { lost, status }: { lost: number; status: string },
) {
  await ended;
  const gaps = messages.filter((message) => message.type === 'snapshot' && message.gap !== undefined);
  expect(gaps).toMatchObject([{ gap: { from: lost + 1, to: gaps[0]?.seq } }]);
  expect(isTerminalEventType(messages.at(-1)?.type ?? '')).toBe(true);
  const seqs = messages.map(({ seq }) => seq);
  expect(seqs).toEqual([...new Set(seqs)].sort((left, right) => left - right));

  await eventually(async () => expect((await readRow(backend, task)).archivedAt).not.toBeNull(), SOON_MS);
  const row = await readRow(backend, task);
  expect(row).toMatchObject({ status, snapshotSeq: BigInt(messages.at(-1)?.seq ?? 0) });
  const archived = (await readHistory(backend, task)).map(({ seq }) => seq);
  expect(archived.at(-1)).toBe(messages.at(-1)?.seq);
  expect(archived).toEqual([...new Set(archived)].sort((left, right) => left - right));
}

describe('when Redis has lost everything', () => {
  it('a queued task ends, and its watcher gets one gap', async () => {
    const task = await enqueuedTask();
    const watcher = watch(backend, task);
    const lost = await loseRedis(task, watcher);
    workers.push(startRunner(backend));

    await expectOneGap(task, watcher, { lost, status: 'done' });
  });

  it('a running task ends, and its watcher gets one gap', async () => {
    let begun = 0;
    const handler: CountHandler = (ctx) =>
      ctx.stage('count', async (stage) => {
        begun += 1;
        await stage.progress(1, 3);
        if (begun === 1) await delay(3_600_000, undefined, { signal: stage.signal });
        return { counted: 3 };
      });
    workers.push(startRunner(backend, { count: handler }));
    const task = await enqueuedTask();
    const watcher = watch(backend, task);
    await eventually(() => expect(watcher.messages.at(-1)).toMatchObject({ type: 'progress' }), SOON_MS);
    const lost = await loseRedis(task, watcher);

    await expectOneGap(task, watcher, { lost, status: 'done' });
  });

  it('a task that waits for its next attempt ends, and its watcher gets one gap', async () => {
    workers.push(startRunner(backend));
    const task = await enqueuedTask({ failures: { at: 2, times: 1 } });
    const watcher = watch(backend, task);
    await eventually(async () => expect(await readRow(backend, task)).toMatchObject({ status: 'retrying' }), SOON_MS);
    const lost = await loseRedis(task, watcher);

    await expectOneGap(task, watcher, { lost, status: 'done' });
  });

  it('a task whose cancel was asked for ends as canceled, and its watcher gets one gap', async () => {
    const task = await enqueuedTask();
    const { writer } = await claimTask(backend, task);
    await writer.append(tokens(3));
    await backend.eventLog.append(task, { type: 'canceling', requestedBy: 'ada' });
    await backend.database.task.update({ where: { id: task.taskId }, data: { status: 'canceling' } });
    const watcher = watch(backend, task);
    const lost = await loseRedis(task, watcher);

    await expectOneGap(task, watcher, { lost, status: 'canceled' });
  });
});
