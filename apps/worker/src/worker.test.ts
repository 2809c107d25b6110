import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { handlers, type Handlers } from './handlers/index.ts';
import { createTask, openTestHouse, readEvents, readRow, type TestHouse } from './testing/test-house.ts';
import { startWorker, type RunningWorker } from './worker.ts';

const kind = 'demo.count';
let house: TestHouse;

beforeAll(async () => {
  house = await openTestHouse();
});

afterAll(async () => {
  await house.close();
});

async function start(settings: { graceMs?: number; handlers?: Partial<Handlers> } = {}): Promise<RunningWorker> {
  return startWorker({
    environment: {
      databaseUrl: house.databaseUrl,
      redisUrl: house.redis.redisUrl,
      uploadDirectory: house.uploadDirectory,
      concurrency: 2,
      graceMs: settings.graceMs ?? 10_000,
      logLevel: 'silent',
    },
    logger: pino({ level: 'silent' }),
    workerId: 'worker-test',
    handlers: { ...handlers, ...settings.handlers },
  });
}

async function enqueue(input: Parameters<typeof createTask<typeof kind>>[2]) {
  const task = await createTask(house, kind, input);
  await house.queue.enqueue({ taskId: task.taskId, kind, priority: 5 });
  return task;
}

describe('startWorker', () => {
  it('runs what is in the queue, again after a failure, to its end', async () => {
    const worker = await start();
    const task = await enqueue({ to: 3, everyMs: 1, failures: { at: 2, times: 1 } });
    await vi.waitFor(
      async () => expect(await readRow(house, task)).toMatchObject({ status: 'done', attempt: 2 }),
      20_000,
    );
    const types = (await readEvents(house, task)).map((event) => event.type);
    expect(types.filter((type) => type === 'started' || type === 'retrying')).toEqual([
      'started',
      'retrying',
      'started',
    ]);
    await worker.stop();
  });

  it('lets running tasks finish when it stops, and takes no new one', async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    const worker = await start({ handlers: { [kind]: () => gate.then(() => ({ counted: 1 })) } });
    const running = await enqueue({ to: 1 });
    await vi.waitFor(async () => expect((await readRow(house, running)).status).toBe('running'), 10_000);
    const stopping = worker.stop();
    const waiting = await enqueue({ to: 1 });
    release();
    await stopping;
    expect(await readRow(house, running)).toMatchObject({ status: 'done' });
    expect(await readRow(house, waiting)).toMatchObject({ status: 'queued' });
    expect(await house.queue.removeWaiting(waiting.taskId)).toBe(true);
  });

  it('hands over what is not done within the grace period, and another worker finishes it', async () => {
    const forever: Handlers[typeof kind] = async (ctx) => {
      await delay(3_600_000, undefined, { signal: ctx.signal });
      return { counted: 0 };
    };
    const first = await start({ graceMs: 50, handlers: { [kind]: forever } });
    const task = await enqueue({ to: 2, everyMs: 1 });
    await vi.waitFor(async () => expect((await readRow(house, task)).status).toBe('running'), 10_000);
    await first.stop();
    expect(await readRow(house, task)).toMatchObject({ status: 'retrying', attempt: 1 });

    const second = await start();
    await vi.waitFor(
      async () => expect(await readRow(house, task)).toMatchObject({ status: 'done', attempt: 2 }),
      20_000,
    );
    await second.stop();
  });
});
