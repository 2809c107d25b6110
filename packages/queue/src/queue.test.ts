import { randomUUID } from 'node:crypto';
import { createTestRedis, type TestRedis } from '@taskwire/test-kit';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { QUEUE_NAME, QUEUE_PREFIX, type JobOutcome, type TaskJob } from './task-job.ts';
import { createTaskQueue, type TaskQueue } from './task-queue.ts';
import { createTaskWorker, type TaskWorker, type TaskWorkerSettings } from './worker/task-worker.ts';
import { identity, retryPolicyOf } from './testing/test-bench.ts';

/** Longest wait (ms) for an event that follows at once, on a machine that may be busy. */
const SOON_MS = 20_000;

let redis: TestRedis;
let queue: TaskQueue;
const workers: TaskWorker[] = [];

beforeAll(async () => {
  redis = await createTestRedis();
  queue = createTaskQueue({ redisUrl: redis.redisUrl, retryPolicyOf });
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.close(true)));
});
afterAll(async () => {
  await queue.close();
  await redis.stop();
});

function work(
  run: (job: TaskJob) => Promise<JobOutcome>,
  changed: Pick<TaskWorkerSettings, 'retryPolicyOf'> = {},
): TaskWorker {
  const settings = { redisUrl: redis.redisUrl, identity: identity(), concurrency: 1, run };
  const worker = createTaskWorker({ ...settings, ...changed });
  workers.push(worker);
  return worker;
}

function task(priority = 5) {
  return { taskId: randomUUID(), kind: 'demo.count' as const, priority };
}

it('runs a task that is enqueued twice once', async () => {
  const twice = task();
  await queue.enqueue(twice);
  await queue.enqueue(twice);
  const last = task(10);
  await queue.enqueue(last);
  const ran: string[] = [];
  work((job) => Promise.resolve(ran.push(job.taskId)).then(() => 'finished'));
  await vi.waitFor(() => expect(ran).toContain(last.taskId), { timeout: SOON_MS });
  expect(ran).toEqual([twice.taskId, last.taskId]);
});

it('runs a task of priority 1 before one of priority 10 that waited longer', async () => {
  const late = task(10);
  const soon = task(1);
  await queue.enqueue(late);
  await queue.enqueue(soon);
  const ran: string[] = [];
  work((job) => Promise.resolve(ran.push(job.taskId)).then(() => 'finished'));
  await vi.waitFor(() => expect(ran).toEqual([soon.taskId, late.taskId]), { timeout: SOON_MS });
});

it('tries a task as often as the worker’s own policy says, whichever policy it was enqueued with', async () => {
  const own = task();
  await queue.enqueue(own);
  const jobs: TaskJob[] = [];
  const run = (job: TaskJob) => Promise.resolve(jobs.push(job)).then(() => 'finished' as const);
  work(run, { retryPolicyOf: () => ({ attempts: 7, backoffMs: 250 }) });
  await vi.waitFor(() => expect(jobs).toMatchObject([{ triesLeft: 6, retryDelayMs: 250 }]), { timeout: SOON_MS });
});

it('delivers a task again after its delay, with the number of tries left', async () => {
  const again = task();
  await queue.enqueue(again);
  const tries: { triesLeft: number; retryDelayMs: number; at: number }[] = [];
  work((job) => {
    tries.push({ triesLeft: job.triesLeft, retryDelayMs: job.retryDelayMs, at: Date.now() });
    return Promise.resolve(tries.length < 3 ? 'retry' : 'finished');
  });
  await vi.waitFor(() => expect(tries).toHaveLength(3), { timeout: SOON_MS });
  expect(tries.map((each) => each.triesLeft)).toEqual([2, 1, 0]);
  expect(tries.map((each) => each.retryDelayMs)).toEqual([1_000, 2_000, 4_000]);
  const [first, second, third] = tries.map((each) => each.at);
  expect(Number(second) - Number(first)).toBeGreaterThanOrEqual(990);
  expect(Number(third) - Number(second)).toBeGreaterThanOrEqual(1_990);
});

it('removes a waiting task, but not one that a worker has', async () => {
  const waiting = task();
  await queue.enqueue(waiting);
  expect(await queue.removeWaiting(waiting.taskId)).toBe(true);

  const running = task();
  await queue.enqueue(running);
  let finish: (outcome: 'finished') => void = () => undefined;
  const started: string[] = [];
  const worker = work((job) => {
    started.push(job.taskId);
    return new Promise((resolve) => (finish = resolve));
  });
  await vi.waitFor(() => expect(started).toEqual([running.taskId]), { timeout: SOON_MS });
  expect(await queue.removeWaiting(running.taskId)).toBe(false);
  finish('finished');
  await vi.waitFor(() => expect(worker.running()).toBe(0), { timeout: SOON_MS });
});

it('gives a task to another worker within seconds after its worker died', async () => {
  const orphan = task();
  await queue.enqueue(orphan);
  // The queue is that of the whole file: the last job of another test may come back.
  const isOrphan = (job: TaskJob) => job.taskId === orphan.taskId;
  const held: TaskJob[] = [];
  const dying = work((job) => new Promise((resolve) => (isOrphan(job) ? held.push(job) : resolve('finished'))));
  await vi.waitFor(() => expect(held).toHaveLength(1), { timeout: SOON_MS });
  await dying.close(true);
  const taken: TaskJob[] = [];
  work((job) => {
    if (isOrphan(job)) taken.push(job);
    return Promise.resolve('finished');
  });
  await vi.waitFor(() => expect(taken).toMatchObject([{ taskId: orphan.taskId, triesLeft: 1 }]), { timeout: 25_000 });
}, 60_000);

it('gives a handed-over task to an idle worker at once, in its old place, without counting a try', async () => {
  const handed = task();
  await queue.enqueue(handed);
  const tries: number[] = [];
  const run = (job: TaskJob): Promise<JobOutcome> => {
    tries.push(job.triesLeft);
    return Promise.resolve(tries.length < 5 ? 'hand-over' : 'finished');
  };
  work(run);
  work(run);
  await vi.waitFor(() => expect(tries).toEqual([2, 2, 2, 2, 2]), { timeout: SOON_MS });
  await vi.waitFor(async () => expect(await queue.missing([handed.taskId])).toEqual(new Set([handed.taskId])));
});

it('hands a task over to another worker while it closes', async () => {
  const handed = task();
  await queue.enqueue(handed);
  let giveUp = () => {};
  const closing = work(() => new Promise((resolve) => (giveUp = () => resolve('hand-over'))));
  await vi.waitFor(() => expect(closing.running()).toBe(1), { timeout: SOON_MS });
  const idle: TaskJob[] = [];
  const other = work((job) => Promise.resolve(idle.push(job)).then(() => 'finished'));
  await other.ready();
  const closed = closing.close();
  giveUp();
  await closed;
  await vi.waitFor(() => expect(idle).toMatchObject([{ taskId: handed.taskId, triesLeft: 2 }]), { timeout: 8_000 });
});

it('does not touch a task that another worker has after a late hand-over', async () => {
  const errors: Error[] = [];
  const stolen = task();
  await queue.enqueue(stolen);
  let giveUp = () => {};
  const late = createTaskWorker({
    redisUrl: redis.redisUrl,
    identity: identity(),
    concurrency: 1,
    onError: (error) => errors.push(error),
    run: () => new Promise((resolve) => (giveUp = () => resolve('hand-over'))),
  });
  workers.push(late);
  await vi.waitFor(() => expect(late.running()).toBe(1), { timeout: SOON_MS });
  const raw = new Queue(QUEUE_NAME, { prefix: QUEUE_PREFIX, connection: { url: redis.redisUrl } });
  const client = new Redis(redis.redisUrl);
  await client.set(`${raw.toKey(stolen.taskId)}:lock`, 'of another worker');
  giveUp();
  await vi.waitFor(() => expect(errors.length).toBeGreaterThan(0), { timeout: SOON_MS });
  expect(await raw.getJobState(stolen.taskId)).toBe('active');
  await client.del(`${raw.toKey(stolen.taskId)}:lock`);
  await Promise.all([raw.close(), client.quit()]);
  await late.close(true);
  const taken: string[] = [];
  work((job) => Promise.resolve(taken.push(job.taskId)).then(() => 'finished'));
  await vi.waitFor(() => expect(taken).toEqual([stolen.taskId]), { timeout: 25_000 });
}, 60_000);

it('enqueues a task again although its ended job still exists', async () => {
  const again = task();
  const raw = new Queue(QUEUE_NAME, { prefix: QUEUE_PREFIX, connection: { url: redis.redisUrl } });
  const ran: string[] = [];
  work((job) => Promise.resolve(ran.push(job.taskId)).then(() => 'finished'));
  await raw.add(again.kind, { kind: again.kind }, { jobId: again.taskId, removeOnComplete: false });
  await vi.waitFor(async () => expect(await raw.getJobState(again.taskId)).toBe('completed'), { timeout: SOON_MS });
  expect(await queue.missing([again.taskId])).toEqual(new Set([again.taskId]));
  await queue.enqueue(again);
  await vi.waitFor(() => expect(ran).toEqual([again.taskId, again.taskId]), { timeout: SOON_MS });
  await raw.close();
});

it('returns the tasks whose jobs will reach no worker', async () => {
  const [waiting, delayed, active, ended] = [task(), task(), task(1), task(1)];
  const never = randomUUID();
  for (const each of [active, ended]) await queue.enqueue(each);
  let release = () => {};
  const gate = new Promise<void>((resolve) => (release = resolve));
  const started: string[] = [];
  const worker = createTaskWorker({
    redisUrl: redis.redisUrl,
    identity: identity(),
    concurrency: 2,
    run: (job) => {
      started.push(job.taskId);
      return job.taskId === active.taskId ? gate.then(() => 'finished') : Promise.resolve('finished');
    },
  });
  workers.push(worker);
  await vi.waitFor(() => expect(started).toHaveLength(2), { timeout: SOON_MS });
  const closing = worker.close();
  const raw = new Queue(QUEUE_NAME, { prefix: QUEUE_PREFIX, connection: { url: redis.redisUrl } });
  await raw.add(delayed.kind, { kind: delayed.kind }, { jobId: delayed.taskId, delay: 3_600_000 });
  await raw.close();
  await queue.enqueue(waiting);
  const all = [waiting, delayed, active, ended].map((each) => each.taskId);
  await vi.waitFor(async () => expect(await queue.missing([...all, never])).toEqual(new Set([ended.taskId, never])));
  expect(await queue.missing([])).toEqual(new Set());
  release();
  await closing;
  for (const each of [waiting, delayed]) expect(await queue.removeWaiting(each.taskId)).toBe(true);
});

it('delivers a task of an unknown kind, so that the runner decides whether it waits', async () => {
  const raw = new Queue(QUEUE_NAME, { prefix: QUEUE_PREFIX, connection: { url: redis.redisUrl } });
  const taskId = randomUUID();
  await raw.add('no.such', { kind: 'no.such' }, { jobId: taskId });
  await raw.close();
  const taken: TaskJob[] = [];
  work((job) => Promise.resolve(taken.push(job)).then(() => 'finished'));
  await vi.waitFor(() => expect(taken).toMatchObject([{ taskId, kind: 'no.such' }]), { timeout: SOON_MS });
});

it('waits for running tasks when it closes', async () => {
  await queue.enqueue(task());
  let finish: () => void = () => undefined;
  const worker = work(() => new Promise((resolve) => (finish = () => resolve('finished'))));
  await vi.waitFor(() => expect(worker.running()).toBe(1), { timeout: SOON_MS });
  let closed = false;
  const closing = worker.close().then(() => (closed = true));
  expect(closed).toBe(false);
  finish();
  await closing;
  expect(worker.running()).toBe(0);
});

it('answers SERVICE_UNAVAILABLE within seconds while Redis is away', async () => {
  const away = createTaskQueue({ redisUrl: 'redis://127.0.0.1:1' });
  await expect(away.enqueue(task())).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  await away.close();
});

it('probes with a job that no worker gets, and reports a refusal of Redis', async () => {
  const admin = new Redis(redis.redisUrl);
  const ran: string[] = [];
  work((job) => Promise.resolve(ran.push(job.taskId)).then(() => 'finished'));
  try {
    await queue.probe();
    await queue.probe();
    await admin.config('SET', 'maxmemory', '1');
    await expect(queue.probe()).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      cause: { message: expect.stringMatching(/OOM/) },
    });
    await admin.config('SET', 'maxmemory', '0');
    await queue.probe();
    expect(await admin.exists(`${QUEUE_PREFIX}:probe:probe`)).toBe(0);
    // Tasks of earlier tests, whose workers died, may come.
    expect(ran).not.toContain('probe');
  } finally {
    await admin.config('SET', 'maxmemory', '0');
    await admin.quit();
  }
});
