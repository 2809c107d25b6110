import { setTimeout as delay } from 'node:timers/promises';
import type { TaskAddress } from '@taskwire/event-log';
import { eventually } from '@taskwire/test-kit/vitest';
import { afterEach, describe, expect, it } from 'vitest';
import { createTask, useTestBackend, readEvents, readRow } from '../testing/test-backend.ts';
import { MISBEHAVIOUR, QUICK_TIMINGS, startWorkerProcess, type WorkerProcess } from '../testing/worker-process.ts';
import { countTask } from '../testing/test-tasks.ts';

const kind = 'demo.count';
const SOON_MS = 60_000;
const backend = useTestBackend();
const workers: WorkerProcess[] = [];

afterEach(async () => {
  isRespawning = false;
  await Promise.all(workers.splice(0).map((worker) => worker.end()));
});

let isRespawning = false;

function start(options: Parameters<typeof startWorkerProcess>[1] = {}): WorkerProcess {
  const worker = startWorkerProcess(backend, options);
  workers.push(worker);
  return worker;
}

/** A worker that is started again whenever its process ends. @returns how often it ended. */
function startForEver(): { deaths: () => number } {
  let deaths = 0;
  isRespawning = true;
  const next = () => {
    const worker = start();
    void worker.ended.then(() => {
      if (!isRespawning) return;
      deaths += 1;
      next();
    });
  };
  next();
  return { deaths: () => deaths };
}

async function enqueue(to: number, everyMs: number): Promise<TaskAddress> {
  const task = await createTask(backend, countTask, { to, everyMs });
  await backend.queue.enqueue({ taskId: task.taskId, kind, priority: 5 });
  return task;
}

const typesOf = async (task: TaskAddress) => (await readEvents(backend, task)).map(({ type }) => type);
const startsOf = async (task: TaskAddress) => (await typesOf(task)).filter((type) => type === 'started').length;
const hasEnded = async (task: TaskAddress) => {
  const row = await readRow(backend, task);
  expect(row.endedAt).not.toBeNull();
  return row;
};
const isRunning = (task: TaskAddress) =>
  eventually(async () => expect(await typesOf(task)).toContain('progress'), SOON_MS);

/** The task is done, and no attempt of it failed. */
async function isDoneWithoutTry(task: TaskAddress, starts: number): Promise<void> {
  const row = await eventually(() => hasEnded(task), SOON_MS);
  expect(row).toMatchObject({ status: 'done' });
  expect(await typesOf(task)).not.toContain('retrying');
  expect(await startsOf(task)).toBeLessThanOrEqual(starts);
}

describe('a stall costs a hand-over at most, and no try', () => {
  it('of Redis, for several times as long as a lock lasts', async () => {
    await start().ready;
    const tasks = [await enqueue(60, 100), await enqueue(60, 100)];
    for (const task of tasks) await isRunning(task);
    backend.redis.pause();
    await delay(4 * QUICK_TIMINGS.lockMs);
    backend.redis.resume();
    for (const task of tasks) await isDoneWithoutTry(task, 1);
  }, 120_000);

  it('of the event loop that a handler blocks, for the task beside it too', async () => {
    await start({ blockMs: 3 * QUICK_TIMINGS.lockMs }).ready;
    const innocent = await enqueue(60, 100);
    await isRunning(innocent);
    const blocker = await enqueue(MISBEHAVIOUR.blocks, 0);
    for (const task of [innocent, blocker]) await isDoneWithoutTry(task, 1);
  }, 120_000);

  it('of one worker of two, for several times as long as a lock lasts', async () => {
    const two = [start(), start()] as const;
    await Promise.all(two.map(({ ready }) => ready));
    const tasks = [await enqueue(60, 100), await enqueue(60, 100), await enqueue(60, 100)];
    for (const task of tasks) await isRunning(task);
    two[0].child.kill('SIGSTOP');
    await delay(4 * QUICK_TIMINGS.lockMs);
    two[0].child.kill('SIGCONT');
    for (const task of tasks) await isDoneWithoutTry(task, 2);
  }, 120_000);

  it('with the timings of a real worker: Redis away for longer than a lock lasts', async () => {
    await start({ timings: {} }).ready;
    const task = await enqueue(70, 200);
    await isRunning(task);
    backend.redis.pause();
    await delay(13_000);
    backend.redis.resume();
    await isDoneWithoutTry(task, 1);
  }, 120_000);
});

describe('a task that ends its process', () => {
  it('ends in WORKER_LOST after its tries, and those beside it lose none', async () => {
    const { deaths } = startForEver();
    const innocents = [await enqueue(30, 100), await enqueue(30, 100), await enqueue(30, 100)];
    for (const task of innocents) await isRunning(task);
    const killer = await enqueue(MISBEHAVIOUR.exits, 0);
    for (const task of innocents) await isDoneWithoutTry(task, 2);
    expect(await eventually(() => hasEnded(killer), SOON_MS)).toMatchObject({
      status: 'error',
      errorCode: 'WORKER_LOST',
    });
    // Once beside the others, then alone, as often as the kind is tried.
    expect(deaths()).toBe(4);
  }, 180_000);

  it('by an error that nothing catches fails with that error, and hands the others over', async () => {
    startForEver();
    const innocents = [await enqueue(60, 100), await enqueue(60, 100)];
    for (const task of innocents) await isRunning(task);
    const culprits = [await enqueue(MISBEHAVIOUR.throwsLater, 0), await enqueue(MISBEHAVIOUR.rejectsLater, 500)];
    for (const culprit of culprits) {
      const row = await eventually(() => hasEnded(culprit), SOON_MS);
      expect(row).toMatchObject({ status: 'error', errorCode: 'HANDLER_FAILED' });
    }
    for (const task of innocents) {
      expect(await eventually(() => hasEnded(task), SOON_MS)).toMatchObject({ status: 'done' });
      const errors = (await readEvents(backend, task)).flatMap((event) =>
        event.type === 'retrying' ? [event.error.code] : [],
      );
      expect(new Set(errors)).toEqual(new Set(['WORKER_STOPPED']));
    }
  }, 180_000);
});

describe('after SIGTERM', () => {
  it('a process that cannot end in order ends by itself, with a status other than 0, and logs it', async () => {
    const worker = start();
    await worker.ready;
    const task = await enqueue(MISBEHAVIOUR.neverEnds, 700);
    await isRunning(task);
    worker.child.kill('SIGTERM');
    expect(await worker.ended).not.toMatchObject({ code: 0 });
    await eventually(() => expect(worker.lines.join('\n')).toMatch(/killed|could not stop/), SOON_MS);
  }, 60_000);
});
