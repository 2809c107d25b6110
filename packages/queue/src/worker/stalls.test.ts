import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { JobOutcome, TaskJob } from '../task-job.ts';
import { heldRuns, QUICK, TestBench } from '../testing/test-bench.ts';

const SOON = { timeout: 20_000, interval: 20 };
let bench: TestBench;

beforeAll(async () => {
  bench = await TestBench.open();
});
afterEach(() => bench.clear());
afterAll(() => bench.close());

const isGone = async (taskId: string) => expect(await bench.queue.missing([taskId])).toEqual(new Set([taskId]));
/** The token of the delivery that has the task. */
const lockOf = (taskId: string) => bench.client.get(`${bench.raw.toKey(taskId)}:lock`);

it("a delivery adopts its process's run of the task, and reports that run's outcome", async () => {
  const { run, held, most } = heldRuns();
  bench.work(run);
  const taskId = await bench.enqueue();
  await vi.waitFor(() => expect(held).toHaveLength(1), SOON);
  for (let lost = 0; lost < 3; lost += 1) {
    const token = await lockOf(taskId);
    await bench.loseLock(taskId);
    await vi.waitFor(async () => {
      const next = await lockOf(taskId);
      expect(next).not.toBeNull();
      expect(next).not.toBe(token);
    }, SOON);
  }
  expect(held).toHaveLength(1);
  held[0]?.end('finished');
  await vi.waitFor(() => isGone(taskId), SOON);
  expect(most.ofOne).toBe(1);
});

it("the end of a delivery does not stop the renewal of the next delivery's lock", async () => {
  const { run, held } = heldRuns();
  bench.work(run);
  const taskId = await bench.enqueue();
  await vi.waitFor(() => expect(held).toHaveLength(1), SOON);
  const first = await lockOf(taskId);
  await bench.loseLock(taskId);
  await vi.waitFor(async () => expect([null, first]).not.toContain(await lockOf(taskId)), SOON);
  const second = await lockOf(taskId);
  const until = performance.now() + 3 * QUICK.lockMs;
  while (performance.now() < until) {
    expect(await lockOf(taskId)).toBe(second);
    await delay(50);
  }
  held[0]?.end('finished');
  await vi.waitFor(() => isGone(taskId), SOON);
});

it.each(['finished', 'retry', 'hand-over', 'later'] as const)(
  'a run that ended in %s while no delivery had it is not run once more than that asks for',
  async (outcome) => {
    const runs: TaskJob[] = [];
    bench.work(async (job): Promise<JobOutcome> => {
      runs.push(job);
      if (runs.length > 1) return 'finished';
      await bench.loseLock(job.taskId);
      return outcome;
    });
    const taskId = await bench.enqueue();
    await vi.waitFor(() => isGone(taskId), SOON);
    expect(runs.map((job) => job.triesLeft)).toEqual([2, outcome === 'retry' ? 1 : 2].slice(0, runs.length));
    expect(runs.length).toBeLessThanOrEqual(2);
  },
);

it('the delay before the next try is kept even if the lock is lost at the end of the first', async () => {
  const at: number[] = [];
  bench.work(async (job): Promise<JobOutcome> => {
    at.push(performance.now());
    if (at.length > 1) return 'finished';
    await bench.loseLock(job.taskId);
    return 'retry';
  });
  const taskId = await bench.enqueue();
  await vi.waitFor(() => isGone(taskId), SOON);
  expect(Number(at[1]) - Number(at[0])).toBeGreaterThan(990);
});

it('a run that was superseded ends before the same process runs the task again', async () => {
  const { run, held, most } = heldRuns();
  bench.work(run);
  const taskId = await bench.enqueue();
  await vi.waitFor(() => expect(held).toHaveLength(1), SOON);
  await bench.loseLock(taskId);
  await vi.waitFor(async () => expect(await lockOf(taskId)).not.toBeNull(), SOON);
  expect(held).toHaveLength(1);
  held[0]?.end('superseded');
  await vi.waitFor(() => expect(held).toHaveLength(2), SOON);
  held[1]?.end('finished');
  await vi.waitFor(() => isGone(taskId), SOON);
  expect(most.ofOne).toBe(1);
});

it.each([2, 5])('a stall of Redis of %s locks costs no try and no second run in any process', async (locks) => {
  const two = [heldRuns(), heldRuns()] as const;
  const ended = new Set<string>();
  // A run that ended between two deliveries is delivered once more. The real runner then sees that the task has ended.
  for (const { run } of two) bench.work((job) => (ended.has(job.taskId) ? Promise.resolve('finished') : run(job)));
  const tasks = await Promise.all([bench.enqueue(), bench.enqueue(), bench.enqueue()]);
  const held = () => [...two[0].held, ...two[1].held];
  await vi.waitFor(() => expect(held()).toHaveLength(3), SOON);
  bench.redis.pause();
  await delay(locks * QUICK.lockMs);
  bench.redis.resume();
  await delay(2 * QUICK.lockMs);
  expect(held()).toHaveLength(3);
  for (const { end, job } of held()) {
    ended.add(job.taskId);
    end('finished');
  }
  for (const taskId of tasks) await vi.waitFor(() => isGone(taskId), SOON);
  expect(held().map(({ job }) => job.triesLeft)).toEqual([2, 2, 2]);
  expect(Math.max(two[0].most.ofOne, two[1].most.ofOne)).toBe(1);
});

it('a process whose event loop is blocked for longer than a lock continues its runs', async () => {
  const { run, held, most } = heldRuns();
  const ended = new Set<string>();
  bench.work((job) => (ended.has(job.taskId) ? Promise.resolve('finished') : run(job)));
  const tasks = await Promise.all([bench.enqueue(), bench.enqueue()]);
  await vi.waitFor(() => expect(held).toHaveLength(2), SOON);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3 * QUICK.lockMs);
  await delay(2 * QUICK.lockMs);
  expect(held).toHaveLength(2);
  for (const { end, job } of held) {
    ended.add(job.taskId);
    end('finished');
  }
  for (const taskId of tasks) await vi.waitFor(() => isGone(taskId), SOON);
  expect(most.ofOne).toBe(1);
});

it('a job that lost its lock more than once gets a longer one, so that a slow handler can finish', async () => {
  const { run, held } = heldRuns();
  bench.work(run);
  const taskId = await bench.enqueue();
  await vi.waitFor(() => expect(held).toHaveLength(1), SOON);
  for (let lost = 0; lost < 3; lost += 1) {
    await bench.loseLock(taskId);
    await vi.waitFor(async () => expect(await lockOf(taskId)).not.toBeNull(), SOON);
  }
  await vi.waitFor(
    async () => expect(await bench.client.pttl(`${bench.raw.toKey(taskId)}:lock`)).toBeGreaterThan(1.5 * QUICK.lockMs),
    SOON,
  );
  held[0]?.end('finished');
  await vi.waitFor(() => isGone(taskId), SOON);
});

it.each([
  ['a frozen error', Object.freeze(new Error('frozen'))],
  ['nothing', undefined],
  ['a text', 'text'],
])('a runner that throws %s uses up no try, and is asked again after a growing delay', async (_what, thrown) => {
  const runs: { triesLeft: number; at: number }[] = [];
  bench.work(async ({ triesLeft }) => {
    runs.push({ triesLeft, at: performance.now() });
    if (runs.length === 6) return 'finished';
    return new Promise((_resolve, reject) => Reflect.apply(reject, undefined, [thrown]));
  });
  const taskId = await bench.enqueue();
  await vi.waitFor(() => isGone(taskId), SOON);
  expect(runs.map(({ triesLeft }) => triesLeft)).toEqual([2, 2, 2, 2, 2, 2]);
  const pauses = runs.slice(1).map(({ at }, index) => at - Number(runs[index]?.at));
  expect(Number(pauses[4])).toBeGreaterThan(QUICK.laterCapMs / 2 - 10);
  expect(bench.errors).toHaveLength(5);
});
