import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { eventually } from '@taskwire/test-kit/vitest';
import { describe, expect, it } from 'vitest';
import { DEFAULT_RETENTION } from './retention/retention-dependencies.ts';
import { DEFAULT_SWEEPING } from './sweeping/sweep-dependencies.ts';
import { waitingHandler } from './testing/handlers.ts';
import {
  addUpload,
  createTask,
  useTestBackend,
  readEvents,
  readRow,
  testHandlersWith,
  type CountHandler,
} from './testing/test-backend.ts';
import { startWorker, type RunningWorker } from './worker.ts';
import { countTask, readTask } from './testing/test-tasks.ts';
import { burnTask } from './testing/burn-task.ts';

const kind = 'demo.count';
const backend = useTestBackend();

async function start(
  settings: { graceMs?: number; count?: CountHandler; hasDemoTasks?: boolean } = {},
): Promise<RunningWorker> {
  return startWorker({
    environment: {
      databaseUrl: backend.databaseUrl,
      redisUrl: backend.redis.redisUrl,
      uploads: { type: 'folder', directory: backend.uploadDirectory },
      concurrency: 2,
      graceMs: settings.graceMs ?? 10_000,
      cancelGraceMs: 5_000,
      retention: DEFAULT_RETENTION,
      sweeping: DEFAULT_SWEEPING,
      reconcileEveryMs: 3_000,
      hasDemoTasks: settings.hasDemoTasks ?? true,
      logLevel: 'silent',
    },
    logger: pino({ level: 'silent' }),
    workerId: 'worker-test',
    handlers: testHandlersWith(settings),
  });
}

async function enqueue(input: { to: number; everyMs?: number; failures?: { at: number; times: number } }) {
  const task = await createTask(backend, countTask, input);
  await backend.queue.enqueue({ taskId: task.taskId, kind, priority: 5 });
  return task;
}

describe('startWorker', () => {
  it('runs the kinds for demonstrations only if it is set up for them', async () => {
    const strict = await start({ hasDemoTasks: false });
    const task = await enqueue({ to: 1, everyMs: 1 });
    const upload = await addUpload(backend, 'text/plain', 'words');
    const other = await createTask(backend, readTask, { file: upload });
    await backend.queue.enqueue({ taskId: other.taskId, kind: readTask.kind, priority: 6 });
    await eventually(async () => expect(await readRow(backend, other)).toMatchObject({ status: 'done' }), 60_000);
    expect(await readRow(backend, task)).toMatchObject({ status: 'queued', attempt: 0 });
    await strict.stop();
    const worker = await start();
    await eventually(async () => expect(await readRow(backend, task)).toMatchObject({ status: 'done' }), 60_000);
    await worker.stop();
  });

  it('runs the tasks of the queue to their end, again after a failure', async () => {
    const worker = await start();
    const task = await enqueue({ to: 3, everyMs: 1, failures: { at: 2, times: 1 } });
    await eventually(
      async () => expect(await readRow(backend, task)).toMatchObject({ status: 'done', attempt: 2 }),
      20_000,
    );
    const types = (await readEvents(backend, task)).map((event) => event.type);
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
    const worker = await start({ count: () => gate.then(() => ({ counted: 1 })) });
    const running = await enqueue({ to: 1 });
    await eventually(async () => expect((await readRow(backend, running)).status).toBe('running'), 10_000);
    const stopping = worker.stop();
    const waiting = await enqueue({ to: 1 });
    release();
    await stopping;
    expect(await readRow(backend, running)).toMatchObject({ status: 'done' });
    expect(await readRow(backend, waiting)).toMatchObject({ status: 'queued' });
    expect(await backend.queue.removeWaiting(waiting.taskId)).toBe(true);
  });

  it.each(['ends on its signal', 'ignores its signal'])(
    'hands over what is not done within the grace period to an idle worker, at once, also if it %s',
    async (how) => {
      const forever: CountHandler = async (ctx) => {
        await delay(3_600_000, undefined, how === 'ends on its signal' ? { signal: ctx.signal } : { ref: false });
        return { counted: 0 };
      };
      const first = await start({ graceMs: 50, count: forever });
      const task = await enqueue({ to: 2, everyMs: 1 });
      await eventually(async () => expect((await readRow(backend, task)).status).toBe('running'), 10_000);
      const second = await start();
      await first.stop();
      const done = { status: 'done', attempt: 2 };
      await eventually(async () => expect(await readRow(backend, task)).toMatchObject(done), 8_000);
      const retrying = (await readEvents(backend, task)).filter((event) => event.type === 'retrying');
      expect(retrying).toMatchObject([{ delayMs: 0, error: { code: 'WORKER_STOPPED' } }]);
      await second.stop();
    },
  );

  it('uses up no try by any number of stops', async () => {
    const task = await enqueue({ to: 2, everyMs: 1 });
    const { attempts } = countTask.retry;
    for (let attempt = 1; attempt <= attempts + 1; attempt += 1) {
      const { handler } = waitingHandler();
      const worker = await start({ graceMs: 0, count: handler });
      const running = { status: 'running', attempt };
      await eventually(async () => expect(await readRow(backend, task)).toMatchObject(running), 20_000);
      await worker.stop();
    }
    const last = await start();
    await eventually(async () => expect(await readRow(backend, task)).toMatchObject({ status: 'done' }), 20_000);
    await last.stop();
  }, 120_000);

  it('keeps a task that burns a core for longer than a lock lasts, runs others meanwhile, and cancels it soon', async () => {
    const worker = await start();
    const burning = await createTask(backend, burnTask, { seconds: 3_600 });
    await backend.queue.enqueue({ taskId: burning.taskId, kind: 'demo.burn', priority: 5 });
    const counting = await enqueue({ to: 20, everyMs: 10 });
    await eventually(async () => expect(await readRow(backend, counting)).toMatchObject({ status: 'done' }), 20_000);
    const burnt = async () => (await backend.eventLog.snapshot(burning)).state.stages[0]?.current;
    await eventually(async () => expect(await burnt()).toBeGreaterThan(13), 40_000);
    await backend.eventLog.append(burning, { type: 'canceling', requestedBy: 'ada' });
    const canceled = { status: 'canceled', attempt: 1 };
    await eventually(async () => expect(await readRow(backend, burning)).toMatchObject(canceled), 10_000);
    await worker.stop();
  }, 120_000);
});
