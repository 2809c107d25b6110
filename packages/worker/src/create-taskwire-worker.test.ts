import { setTimeout as delay } from 'node:timers/promises';
import type { TaskList } from '@taskwire/tasks';
import { eventually } from '@taskwire/test-kit/vitest';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { createTaskwireWorker } from './create-taskwire-worker.ts';
import { handle } from './handle.ts';
import { burnTask } from './testing/burn-task.ts';
import { countTask, countUsually, readTask } from './testing/test-tasks.ts';
import { createTask, readEvents, readRow, useTestBackend } from './testing/test-backend.ts';

const backend = useTestBackend();
const count = handle(countTask, countUsually);
const logger = pino({ level: 'silent' });

const settings = () => ({
  databaseUrl: backend.databaseUrl,
  redisUrl: backend.redis.redisUrl,
  uploadDirectory: backend.uploadDirectory,
  demoTasks: true,
  logger,
});

describe('createTaskwireWorker', () => {
  it('runs tasks with settings from its options, under its name, until it is stopped', async () => {
    const worker = createTaskwireWorker({
      ...settings(),
      handlers: [count],
      concurrency: 1,
      name: 'worker-of-ada',
    });
    await worker.start({ signals: false });
    const task = await createTask(backend, countTask, { to: 2, everyMs: 1 });
    await backend.queue.enqueue({ taskId: task.taskId, kind: countTask.kind, priority: 5 });
    await eventually(async () => expect(await readRow(backend, task)).toMatchObject({ status: 'done' }), 20_000);
    const started = (await readEvents(backend, task)).find(({ type }) => type === 'started');
    expect(started).toMatchObject({ workerId: worker.workerId });
    expect(worker.workerId).toMatch(/^worker-of-ada-[0-9a-f]{8}$/);
    await worker.stop();
    expect(worker.running()).toBe(0);
    expect(worker.unclosed).toEqual([]);
    await expect(worker.start({ signals: false })).rejects.toThrow('has been started already');
  });

  it('names each option and each variable that is wrong', async () => {
    const worker = createTaskwireWorker({ handlers: [count], concurrency: 0, databaseUrl: 'mysql://hunter2' });
    const error: unknown = await worker.start({ signals: false }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'EnvironmentError' });
    expect(String(error)).toMatch(/^EnvironmentError: databaseUrl: is not such a URL/);
    expect(String(error)).toMatch(/^concurrency: is not a whole number from 1 to 100/m);
    expect(String(error)).toMatch(/^REDIS_URL: is missing/m);
    expect(String(error)).not.toContain('hunter2');
  });

  it('refuses options that are empty texts, which would count as absent in the environment', async () => {
    const options = { ...settings(), databaseUrl: '', redisUrl: '', uploadDirectory: '' };
    const starting = createTaskwireWorker({ ...options, handlers: [count] }).start({ signals: false });
    await expect(starting).rejects.toThrow(/^databaseUrl: is .*\nredisUrl: is .*\nuploadDirectory: is .*$/);
  });

  it('refuses a name that is empty, long or no text', () => {
    for (const name of ['', 'x'.repeat(101), 'a\0b', '\ud83d']) {
      expect(() => createTaskwireWorker({ name, handlers: [count] })).toThrow('name: ');
    }
  });

  it('refuses tasks without a handler, and two handlers for one kind', () => {
    const tasks: TaskList = [countTask, readTask];
    expect(() => createTaskwireWorker({ tasks, handlers: [count] })).toThrow('no handler is for the kind "test.read"');
    expect(() => createTaskwireWorker({ handlers: [count, handle(countTask, countUsually)] })).toThrow(
      'two handlers are for the kind "demo.count"',
    );
  });

  it('does not start with a handler whose module is of another kind, or has none', async () => {
    const worker = (thread: URL) =>
      createTaskwireWorker({ ...settings(), handlers: [handle(countTask, { thread })] }).start({ signals: false });
    await expect(worker(new URL('./testing/burn-thread.ts', import.meta.url))).rejects.toThrow(
      /^the handler of "demo.count" cannot run: .* has a handler of the kind "demo.burn"/,
    );
    await expect(worker(new URL('./testing/burn-task.ts', import.meta.url))).rejects.toThrow(
      'must have a threadHandler(…) as its default export',
    );
    const missing = () => handle(burnTask, { thread: new URL('./testing/no-such.ts', import.meta.url) });
    expect(missing).toThrow('there is no module of a thread at');
  });

  it('starts its extensions before its first task, and closes them after its last', async () => {
    const calls: string[] = [];
    const extension = {
      name: 'index of words',
      start: async () => {
        await delay(300);
        calls.push('start');
      },
      close: async () => void calls.push('close'),
    };
    const noting = handle(countTask, async () => {
      calls.push('task');
      return { counted: 1 };
    });
    const worker = createTaskwireWorker({ ...settings(), handlers: [noting], extensions: [extension] });
    const task = await createTask(backend, countTask, { to: 1, everyMs: 1 });
    await backend.queue.enqueue({ taskId: task.taskId, kind: countTask.kind, priority: 5 });
    await worker.start({ signals: false });
    await eventually(async () => expect(await readRow(backend, task)).toMatchObject({ status: 'done' }), 20_000);
    await Promise.all([worker.stop(), worker.stop()]);
    await worker.stop();
    expect(calls).toEqual(['start', 'task', 'close']);
  });

  it.each([
    ['Redis', { redisUrl: 'redis://127.0.0.1:1', extensions: [] }],
    ['an extension', { extensions: [{ name: 'index of words', start: () => new Promise<void>(() => undefined) }] }],
  ])(
    'stops while its start waits for %s',
    async (_what, changed) => {
      const worker = createTaskwireWorker({ ...settings(), handlers: [count], ...changed });
      const starting = worker.start({ signals: false });
      const failed = expect(starting).rejects.toThrow('the worker has been stopped: make another one');
      await worker.stop();
      await failed;
      expect(worker.running()).toBe(0);
    },
    60_000,
  );

  it('does not start once it has been stopped', async () => {
    const worker = createTaskwireWorker({ ...settings(), handlers: [count] });
    await worker.stop();
    await expect(worker.start({ signals: false })).rejects.toThrow('the worker has been stopped: make another one');
  });

  it('closes everything, whichever way an extension fails to close', async () => {
    const closed: string[] = [];
    const failing = {
      name: 'index of words',
      close: () => {
        throw new Error('the index is broken');
      },
    };
    const other = { name: 'cache', close: async () => void closed.push('cache') };
    const worker = createTaskwireWorker({ ...settings(), handlers: [count], extensions: [failing, other] });
    await worker.start({ signals: false });
    await worker.stop();
    expect(closed).toEqual(['cache']);
    expect(worker.unclosed).toEqual(['index of words']);
  });

  it('does not start if an extension does not, and closes everything', async () => {
    const closed: string[] = [];
    const failing = {
      name: 'index of words',
      start: () => Promise.reject(new Error('the index is broken')),
      close: async () => void closed.push('index of words'),
    };
    const worker = createTaskwireWorker({ ...settings(), handlers: [count], extensions: [failing] });
    await expect(worker.start({ signals: false })).rejects.toThrow('the index is broken');
    expect(closed).toEqual(['index of words']);
    await worker.stop();
  });
});
