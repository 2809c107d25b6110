import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { recordKey } from '../fleet/keys.ts';
import { heldRuns, TestBench } from '../testing/test-bench.ts';

const SOON = { timeout: 20_000, interval: 20 };
let bench: TestBench;

beforeAll(async () => {
  bench = await TestBench.open();
});
afterEach(() => bench.clear());
afterAll(() => bench.close());

/**
 * Enqueues a task that must run alone.
 * @param waits number of deliveries that did not run it.
 */
async function enqueueSuspect(waits: number): Promise<string> {
  const taskId = await bench.enqueue();
  await bench.client.hset(recordKey(taskId), 'run:worker-dead', 'shared', 'waits', waits);
  return taskId;
}

/** A worker that runs one task, so that suspects have to wait. */
async function busyWorker(isOnlyToBeEnded = (_taskId: string) => Promise.resolve(false)) {
  const { run, held } = heldRuns();
  bench.work(run, { isOnlyToBeEnded, concurrency: 3 });
  await bench.enqueue();
  await vi.waitFor(() => expect(held).toHaveLength(1), SOON);
  return held;
}

const waitsOf = async (taskId: string) => Number(await bench.client.hget(recordKey(taskId), 'waits'));
/** Waits until the worker keeps other tasks out for the suspect, after 50 waits. */
const isHeldFor = (taskId: string) => vi.waitFor(async () => expect(await waitsOf(taskId)).toBeGreaterThan(50), SOON);

it('a suspect that cannot be taken in the free process releases the process', async () => {
  const held = await busyWorker();
  const suspect = await enqueueSuspect(50);
  await isHeldFor(suspect);
  const record = await bench.client.hgetall(recordKey(suspect));
  // Makes Redis answer with an error.
  await bench.client.set(recordKey(suspect), 'not a hash');
  held[0]?.end('finished');
  await vi.waitFor(() => expect(bench.errors.map(String).join()).toContain('WRONGTYPE'), SOON);
  await bench.client.multi().del(recordKey(suspect)).hset(recordKey(suspect), record).exec();
  const next = await bench.enqueue();
  for (const taskId of [next, suspect]) {
    await vi.waitFor(() => {
      held.filter(({ job }) => job.taskId !== taskId).forEach(({ end }) => end('finished'));
      expect(held.map(({ job }) => job.taskId)).toContain(taskId);
    }, SOON);
  }
});

it.each([0, 50])('a suspect that only has to be ended does not wait for an empty process (%i waits)', async (waits) => {
  const canceled = new Set<string>();
  const held = await busyWorker((taskId) => Promise.resolve(canceled.has(taskId)));
  const suspect = await enqueueSuspect(waits);
  if (waits > 0) await isHeldFor(suspect);
  canceled.add(suspect);
  await vi.waitFor(() => expect(held[1]?.job.taskId).toBe(suspect), SOON);
  held[1]?.end('finished');
  const next = await bench.enqueue();
  await vi.waitFor(() => expect(held[2]?.job.taskId).toBe(next), SOON);
});

it('a suspect that only has to be ended leaves the process to the waiting suspect', async () => {
  const canceled = new Set<string>();
  const held = await busyWorker((taskId) => Promise.resolve(canceled.has(taskId)));
  const suspect = await enqueueSuspect(50);
  await isHeldFor(suspect);
  canceled.add(await enqueueSuspect(0));
  const next = await bench.enqueue();
  held[0]?.end('finished');
  await vi.waitFor(() => expect(held[1]?.job.taskId).toBe(suspect), SOON);
  expect(held).toHaveLength(2);
  for (let index = 1; index < 4; index += 1) {
    await vi.waitFor(() => expect(held.length).toBeGreaterThan(index), SOON);
    held[index]?.end('finished');
  }
  expect(held.map(({ job }) => job.taskId)).toContain(next);
});
