import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { HEARTBEATS_KEY, recordKey, RESUMED_KEY } from '../fleet/keys.ts';
import { heldRuns, TestBench } from '../testing/test-bench.ts';

const SOON = { timeout: 20_000, interval: 20 };
const HOUR_MS = 3_600_000;
let bench: TestBench;

beforeAll(async () => {
  bench = await TestBench.open();
});
afterEach(() => bench.clear());
afterAll(() => bench.close());

/** A time that Redis stored before its clock was set back by an hour. */
const beforeTheChange = () => Date.now() + HOUR_MS;

it('a worker that died before the clock of Redis was set back counts as dead soon', async () => {
  const taskId = await bench.enqueue();
  await bench.client.hset(recordKey(taskId), 'run:worker-dead', 'running');
  await bench.client.sadd('{taskwire-queue}:fleet:runs:worker-dead', taskId);
  await bench.client.zadd(HEARTBEATS_KEY, beforeTheChange(), 'worker-dead');
  const { run, held } = heldRuns();
  bench.work(run);
  await vi.waitFor(() => expect(held).toMatchObject([{ job: { taskId, triesLeft: 1 } }]), SOON);
});

it('an outage before the clock of Redis was set back does not keep a worker undecided for longer', async () => {
  const taskId = await bench.enqueue();
  await bench.client.hset(recordKey(taskId), 'run:worker-dead', 'alone');
  await bench.client.set(RESUMED_KEY, beforeTheChange());
  const { run, held } = heldRuns();
  bench.work(run);
  await vi.waitFor(() => expect(held).toMatchObject([{ job: { taskId, triesLeft: 1 } }]), SOON);
});

it('a delay before the next try does not grow when the clock of Redis is set back', async () => {
  const taskId = await bench.enqueue();
  await bench.client.hset(recordKey(taskId), 'failures', 1, 'notBefore', beforeTheChange(), 'delay', 100);
  const { run, held } = heldRuns();
  bench.work(run);
  await vi.waitFor(() => expect(held).toMatchObject([{ job: { taskId, triesLeft: 1 } }]), SOON);
});
