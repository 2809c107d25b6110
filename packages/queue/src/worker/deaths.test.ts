import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { FleetMember } from '../fleet/fleet-member.ts';
import type { JobOutcome, TaskJob } from '../task-job.ts';
import { identity, heldRuns, QUICK, TestBench } from '../testing/test-bench.ts';

const SOON = { timeout: 20_000, interval: 20 };
let bench: TestBench;
const members: FleetMember[] = [];

beforeAll(async () => {
  bench = await TestBench.open();
});
afterEach(() => {
  for (const each of members.splice(0)) each.die();
  return bench.clear();
});
afterAll(() => bench.close());

const isGone = async (taskId: string) => expect(await bench.queue.missing([taskId])).toEqual(new Set([taskId]));

/** A worker that dies while it runs these tasks. */
async function dieWith(taskCount: number): Promise<string[]> {
  const { run, held } = heldRuns();
  const dying = bench.work(run);
  const tasks = await Promise.all(Array.from({ length: taskCount }, () => bench.enqueue()));
  await vi.waitFor(() => expect(held).toHaveLength(taskCount), SOON);
  await dying.close(true);
  return tasks;
}

it('a task that was alone in a dead worker loses a try', async () => {
  const [taskId = ''] = await dieWith(1);
  const runs: TaskJob[] = [];
  bench.work((job) => Promise.resolve(runs.push(job)).then(() => 'finished'));
  await vi.waitFor(() => expect(runs).toMatchObject([{ taskId, triesLeft: 1 }]), SOON);
});

it('tasks that shared a dead worker lose no try, and then run one by one', async () => {
  const suspects = await dieWith(3);
  const { run, held, most } = heldRuns();
  bench.work(run);
  for (let ended = 0; ended < 3; ended += 1) {
    await vi.waitFor(() => expect(held).toHaveLength(ended + 1), SOON);
    await delay(3 * QUICK.aloneMs);
    held[ended]?.end('finished');
  }
  for (const taskId of suspects) await vi.waitFor(() => isGone(taskId), SOON);
  expect(held.map(({ job }) => job.triesLeft)).toEqual([2, 2, 2]);
  expect(most.ofAll).toBe(1);
});

it('a suspect that fails in order is no longer a suspect', async () => {
  const [first = '', second = ''] = await dieWith(2);
  const { run, held, most } = heldRuns();
  bench.work(run);
  const ended: string[] = [];
  while (ended.length < 2) {
    await vi.waitFor(() => expect(held.length).toBeGreaterThan(ended.length), SOON);
    const next = held[ended.length];
    ended.push(next?.job.taskId ?? '');
    next?.end('retry');
  }
  expect(new Set(ended)).toEqual(new Set([first, second]));
  await vi.waitFor(() => expect(held).toHaveLength(4), SOON);
  expect(held.slice(2).map(({ job }) => job.triesLeft)).toEqual([1, 1]);
  expect(most.ofAll).toBe(2);
  for (const { end } of held) end('finished');
});

it('a process that is never empty takes no new task until the suspect has run', async () => {
  const [first = '', second = ''] = await dieWith(2);
  const { run, held } = heldRuns();
  const other = await bench.enqueue();
  bench.work(run);
  // Either the other task or a suspect has the process.
  await vi.waitFor(() => expect(held.length).toBeGreaterThan(0), SOON);
  for (let count = 0; count < 3; count += 1) {
    await vi.waitFor(() => expect(held.length).toBe(count + 1), SOON);
    await delay(30 * QUICK.aloneMs);
    held[count]?.end('finished');
  }
  for (const taskId of [first, second, other]) await vi.waitFor(() => isGone(taskId), SOON);
});

it('a task that kills its workers ends when its tries are used up, and tasks beside it lose no try', async () => {
  const runs: { taskId: string; triesLeft: number }[] = [];
  const innocent = new Map<string, number>();
  const killer = await bench.enqueue();
  const others = await Promise.all([bench.enqueue(), bench.enqueue(), bench.enqueue()]);
  let deaths = 0;
  const start = () => {
    const worker = bench.work(async ({ taskId, triesLeft }): Promise<JobOutcome> => {
      runs.push({ taskId, triesLeft });
      if (taskId !== killer) {
        innocent.set(taskId, Math.min(innocent.get(taskId) ?? 2, triesLeft));
        // The test or the worker's death ends it.
        if (deaths === 0) return new Promise(() => undefined);
        return 'finished';
      }
      if (triesLeft < 0) return 'finished';
      if (deaths === 0) await vi.waitFor(() => expect(innocent.size).toBe(3), SOON);
      deaths += 1;
      void worker.close(true);
      start();
      return new Promise(() => undefined);
    });
  };
  start();
  for (const taskId of [...others, killer]) await vi.waitFor(() => isGone(taskId), { timeout: 60_000, interval: 50 });
  expect([...innocent.values()]).toEqual([2, 2, 2]);
  expect(runs.filter(({ taskId }) => taskId === killer).map(({ triesLeft }) => triesLeft)).toEqual([2, 2, 1, 0, -1]);
}, 90_000);

/** A member of the fleet that sends heartbeats and claims to run these tasks. */
async function member(runs: string[], workerId?: string) {
  const made = new FleetMember(
    {
      redisUrl: bench.redis.redisUrl,
      identity: identity(workerId === undefined ? {} : { workerId }),
      timings: QUICK,
      onError: () => undefined,
    },
    () => runs,
  );
  members.push(made);
  await made.join();
  return made;
}
const hold = async (taskId: string) => {
  const key = `lock-of-${taskId}`;
  await bench.client.set(key, 'token', 'PX', 60_000);
  return { key, token: 'token', ms: 60_000 };
};

it('a worker that falls silent with a task counts as dead until its heartbeats return', async () => {
  const observer = await member([]);
  const workerId = 'worker-stalled';
  const stalled = await member(['t'], workerId);
  const lock = await hold('t');
  expect(await stalled.take('t', lock, true)).toMatchObject({ status: 'taken', deaths: 0 });
  expect(await observer.take('t', lock, true)).toMatchObject({ status: 'elsewhere' });
  stalled.die();
  await vi.waitFor(
    async () => expect(await observer.take('t', lock, true)).toMatchObject({ status: 'taken', deaths: 1 }),
    SOON,
  );
  const runs = ['t'];
  const back = await member(runs, workerId);
  expect(await observer.take('t', lock, true)).toMatchObject({ status: 'elsewhere' });
  runs.length = 0;
  await vi.waitFor(
    async () => expect(await observer.take('t', lock, true)).toMatchObject({ status: 'taken', deaths: 0 }),
    SOON,
  );
  await Promise.all([observer.leave(), back.leave()]);
});

it('after a pause of all heartbeats, silence counts from their return', async () => {
  const [observer, other] = await Promise.all([member([]), member(['t'])]);
  const lock = await hold('t');
  expect(await other.take('t', lock, true)).toMatchObject({ status: 'taken' });
  bench.redis.pause();
  await delay(3 * QUICK.silentMs);
  const taking = observer.take('t', lock, true);
  bench.redis.resume();
  expect(['undecided', 'elsewhere']).toContain((await taking).status);
  await vi.waitFor(async () => expect((await observer.take('t', lock, true)).status).toBe('elsewhere'), SOON);
  await Promise.all([observer.leave(), other.leave()]);
});

it('a worker that leaves in order is charged with nothing', async () => {
  const observer = await member([]);
  const leaving = await member(['t', 'u']);
  const [t, u] = [await hold('t'), await hold('u')];
  for (const [taskId, lock] of [
    ['t', t],
    ['u', u],
  ] as const)
    await leaving.take(taskId, lock, true);
  await leaving.leave();
  for (const [taskId, lock] of [
    ['t', t],
    ['u', u],
  ] as const) {
    expect(await observer.take(taskId, lock, false)).toMatchObject({ status: 'taken', deaths: 0, isSuspect: false });
  }
  await observer.leave();
});

it("before a task ends because of its workers' deaths, the workers are checked again", async () => {
  const taskId = await bench.enqueue();
  const dead = ['one', 'two', 'three'];
  for (const workerId of dead)
    await bench.client.hset(`{taskwire-queue}:fleet:task:${taskId}`, `run:${workerId}`, 'alone');
  const slow = { timings: { ...QUICK, confirmMs: 2_000 } };
  const runs: TaskJob[] = [];
  bench.work((job) => Promise.resolve(runs.push(job)).then(() => 'finished'), slow);
  await delay(QUICK.silentMs + 500);
  expect(runs).toEqual([]);
  const back = await member([], 'two');
  await vi.waitFor(() => expect(runs).toMatchObject([{ triesLeft: 0 }]), SOON);
  await back.leave();
});

it('the record of a task is deleted with it, and expires otherwise', async () => {
  const { run, held } = heldRuns();
  bench.work(run);
  const taskId = await bench.enqueue();
  await vi.waitFor(() => expect(held).toHaveLength(1), SOON);
  const [key = ''] = await bench.client.keys(`{taskwire-queue}:fleet:task:${taskId}`);
  expect(await bench.client.ttl(key)).toBeGreaterThan(0);
  held[0]?.end('finished');
  await vi.waitFor(() => isGone(taskId), SOON);
  expect(await bench.client.exists(key)).toBe(0);
});

it('lists the workers with version, kinds and whether they are alive', async () => {
  const [alive, silent] = await Promise.all([member([]), member([], 'worker-silent')]);
  silent.die();
  await vi.waitFor(async () => {
    const workers = await bench.queue.workers(QUICK.silentMs);
    expect(workers).toMatchObject([
      { isAlive: true, version: '1.0.0', kinds: ['demo.count'] },
      { workerId: 'worker-silent', isAlive: false },
    ]);
  }, SOON);
  await alive.leave();
  expect((await bench.queue.workers()).map(({ workerId }) => workerId)).toEqual(['worker-silent']);
});

it('one caller announces a wait, until the task runs or the announcement is withdrawn', async () => {
  expect(await Promise.all([bench.queue.announceWait('t'), bench.queue.announceWait('t')])).toEqual([true, false]);
  await bench.queue.withdrawAnnouncement('t');
  expect(await bench.queue.announceWait('t')).toBe(true);
  const worker = await member([]);
  await worker.take('t', await hold('t'), true);
  await worker.end('t', { outcome: 'later', retryDelayMs: 0, ranAlone: false });
  expect(await bench.queue.announceWait('t')).toBe(false);
  await worker.take('t', await hold('t'), true);
  await worker.end('t', { outcome: 'retry', retryDelayMs: 0, ranAlone: false });
  expect(await bench.queue.announceWait('t')).toBe(true);
  await worker.leave();
});
