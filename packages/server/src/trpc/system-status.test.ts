import { createTaskWorker, type TaskWorker } from '@taskwire/queue';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { FleetMonitor } from '../http/operations/fleet-figures.ts';
import { readMetrics } from '../testing/read-metrics.ts';
import { createBacking, startTestServer, type Backing, type TestServer } from '../testing/test-server.ts';

let backing: Backing;
let server: TestServer;
const workers: TaskWorker[] = [];

beforeAll(async () => {
  backing = await createBacking();
});
const leave = () => Promise.all(workers.splice(0).map((worker) => worker.close()));
afterEach(async () => {
  await leave();
  await server.stop();
});
afterAll(() => backing.close());

/** A worker of the fleet that knows these kinds, and runs nothing. */
async function join(workerId: string, kinds: string[]): Promise<void> {
  const { redisUrl } = backing.redis;
  const identity = { workerId, version: '9.8.7', kinds };
  const worker = createTaskWorker({ redisUrl, concurrency: 1, identity, run: () => Promise.resolve('later') });
  workers.push(worker);
  await worker.ready();
}

test('system.status has the workers with their kinds, and the caller’s tasks that no worker knows; the metrics count them', async () => {
  server = await startTestServer(backing);
  const [ada, bob] = await Promise.all([server.client('ada'), server.client('bob')]);
  const { taskId } = await ada.task.create.mutate({ kind: 'demo.count', input: { to: 1 } });
  await join('worker-text', ['demo.text']);
  const status = await ada.system.status.query();
  expect(status).toMatchObject({
    workers: [{ workerId: 'worker-text', version: '9.8.7', kinds: ['demo.text'], isAlive: true }],
    waiting: [{ reason: 'kind', kind: 'demo.count', tasks: 1 }],
  });
  expect((await bob.system.status.query()).waiting).toEqual([]);
  const figures = await readMetrics(server);
  expect(figures.get('taskwire_workers')).toBe(1);
  expect(figures.get('taskwire_tasks_waiting_for_kind{kind="demo.count"}')).toBe(1);

  // The worker puts the job back again and again; while it has it, only a real worker would end the task.
  await leave();
  await ada.task.cancel.mutate({ taskId });
  expect((await ada.system.status.query()).waiting).toEqual([]);
});

test('the metrics answer without these figures while PostgreSQL or Redis does not', async () => {
  server = await startTestServer(backing);
  backing.redis.pause();
  try {
    const figures = await readMetrics(server);
    expect(figures.get('taskwire_workers')).toBeNaN();
    expect([...figures.keys()].filter((name) => name.startsWith('taskwire_tasks_waiting'))).toEqual([]);
  } finally {
    backing.redis.resume();
  }
});

test('the metrics answer without these figures while a lock holds PostgreSQL’s answer back', async () => {
  const monitor = new FleetMonitor({
    workers: () => Promise.resolve([]),
    unfinishedByKind: () => new Promise(() => undefined),
  });
  expect(await monitor.figures()).toBeUndefined();
});

test('however often the figures are read, PostgreSQL and Redis are asked every few seconds at most', async () => {
  server = await startTestServer(backing);
  let asked = 0;
  const monitor = new FleetMonitor({
    workers: () => Promise.resolve([{ isAlive: true, kinds: ['a'] }]),
    unfinishedByKind: () => Promise.resolve({ a: 1, b: (asked += 1) }),
  });
  for (let reads = 0; reads < 100; reads += 1) {
    expect(await monitor.figures()).toEqual({ workers: 1, waiting: { b: 1 } });
  }
});
