import { randomUUID } from 'node:crypto';
import type { TaskAddress } from '@taskwire/event-log';
import { createTaskWorker } from '@taskwire/queue';
import { eventually } from '@taskwire/test-kit/vitest';
import { describe, expect, it, vi } from 'vitest';
import {
  createRunner,
  createTask,
  jobOf,
  useTestBackend,
  readEvents,
  readRow,
  type CountHandler,
} from '../../testing/test-backend.ts';
import { createHandlerKit } from '../handler/handler-kit.ts';
import { countTask, testHandlers, textTask } from '../../testing/test-tasks.ts';
import { Uploads } from '../../uploads/uploads.ts';

const kind = 'demo.count';
const backend = useTestBackend();

const foreign = 'image.resize';

/** A task of a kind that this build does not have. */
async function foreignTask(): Promise<TaskAddress> {
  const task = await createTask(backend, countTask, { to: 3, everyMs: 0 });
  await backend.database.task.update({ where: { id: task.taskId }, data: { kind: foreign } });
  return task;
}
const foreignJob = ({ taskId }: TaskAddress) => ({ taskId, kind: foreign, triesLeft: 0, retryDelayMs: 0 });
const warnings = async (task: TaskAddress) =>
  (await readEvents(backend, task)).flatMap((event) => (event.type === 'log' ? [event] : []));

describe('a task of a kind that this worker does not know', () => {
  it('waits, and announces it once, for any number of workers and deliveries', async () => {
    const task = await foreignTask();
    for (let asked = 0; asked < 3; asked += 1) {
      expect(await createRunner(backend).run(foreignJob(task))).toBe('later');
    }
    expect(await warnings(task)).toMatchObject([
      {
        level: 'warn',
        attempt: 0,
        message: 'waiting for a worker that knows image.resize',
        waiting: { reason: 'kind', kind: foreign },
      },
    ]);
    expect(await readRow(backend, task)).toMatchObject({ status: 'queued', attempt: 0 });
    const { state } = await backend.eventLog.snapshot(task);
    expect(state).toMatchObject({ status: 'queued', waiting: { reason: 'kind', kind: foreign } });
  });

  it('announces no wait while a living worker knows the kind', async () => {
    const task = await foreignTask();
    const identity = { workerId: 'worker-newer', version: '2.0.0', kinds: [foreign] };
    const { redisUrl } = backend.redis;
    const newer = createTaskWorker({ redisUrl, concurrency: 1, identity, run: () => Promise.resolve('later') });
    await newer.ready();
    expect(await createRunner(backend).run(foreignJob(task))).toBe('later');
    expect(await warnings(task)).toEqual([]);
    await newer.close();
    expect(await createRunner(backend).run(foreignJob(task))).toBe('later');
    expect(await warnings(task)).toHaveLength(1);
  });

  it('is announced by the next delivery if the log could not take it', async () => {
    const task = await foreignTask();
    const append = () => Promise.reject(new Error('Redis is full'));
    const failing = createRunner(backend, { eventLog: { ...backend.eventLog, append } });
    expect(await failing.run(foreignJob(task))).toBe('later');
    expect(await createRunner(backend).run(foreignJob(task))).toBe('later');
    expect(await warnings(task)).toHaveLength(1);
  });

  it('still ends as canceled when a cancel is asked for', async () => {
    const task = await foreignTask();
    await backend.eventLog.append(task, { type: 'canceling', requestedBy: 'ada' });
    expect(await createRunner(backend).run(foreignJob(task))).toBe('finished');
    expect(await readRow(backend, task)).toMatchObject({ status: 'canceled' });
  });

  it('is run by a worker that knows it, and waits no longer', async () => {
    const task = await foreignTask();
    expect(await createRunner(backend).run(foreignJob(task))).toBe('later');
    await backend.database.task.update({ where: { id: task.taskId }, data: { kind } });
    expect(await createRunner(backend).run(jobOf(task, kind))).toBe('finished');
    const { state } = await backend.eventLog.snapshot(task);
    expect(state.status).toBe('done');
    expect(state).not.toHaveProperty('waiting');
  });
});

describe('a task whose input this worker’s schema refuses, although a server accepted it', () => {
  it.each([
    ['a value', { to: -1 }],
    ['a field’s type', { to: 'many' }],
    ['nothing', null],
  ])('%s: waits for a worker that takes it, says why, and runs no handler', async (_what, input) => {
    const task = await createTask(backend, countTask, { to: 3, everyMs: 0 });
    await backend.database.task.update({ where: { id: task.taskId }, data: { input: input ?? 0 } });
    const handler = vi.fn<CountHandler>();
    const runner = createRunner(backend, { count: handler });
    for (let asked = 0; asked < 2; asked += 1) expect(await runner.run(jobOf(task, kind, 5))).toBe('later');
    expect(handler).not.toHaveBeenCalled();
    const said = await warnings(task);
    expect(said).toMatchObject([{ level: 'warn', waiting: { reason: 'input', kind } }]);
    expect(said[0]?.message).toMatch(/^waiting for a worker whose demo\.count takes this input: .*input/);
    await backend.database.task.update({ where: { id: task.taskId }, data: { input: { to: 3, everyMs: 0 } } });
    expect(await createRunner(backend).run(jobOf(task, kind, 5))).toBe('finished');
    expect(await readRow(backend, task)).toMatchObject({ status: 'done' });
  });
});

describe('a fleet of two versions', () => {
  it('runs each task of a kind that only one of them knows: none ends because the other took it', async () => {
    const { kind: textKind } = textTask;
    const uploads = new Uploads({ database: backend.database, storage: backend.storage });
    const newer = createHandlerKit(testHandlers, { uploads, hasDemoTasks: true });
    const older = { ...newer, kinds: newer.kinds.filter((each) => each !== textKind) };
    const handlerKits = { older, newer };
    const runners = {
      older: createRunner(backend, { handlerKit: older }),
      newer: createRunner(backend, { handlerKit: newer }),
    };
    const taken: string[] = [];
    const workers = (['older', 'newer'] as const).map((version) =>
      createTaskWorker({
        redisUrl: backend.redis.redisUrl,
        concurrency: 2,
        identity: { workerId: `worker-${version}`, version, kinds: handlerKits[version].kinds },
        run: (job) => {
          taken.push(version);
          return runners[version].run(job);
        },
      }),
    );
    await Promise.all(workers.map((worker) => worker.ready()));
    const tasks: TaskAddress[] = [];
    for (let count = 0; count < 12; count += 1) {
      const task = await createTask(backend, textTask, { words: 5, wordsPerSecond: 1_000 });
      await backend.queue.enqueue({ taskId: task.taskId, kind: textKind, priority: 5 });
      tasks.push(task);
    }
    for (const task of tasks) {
      await eventually(
        async () => expect(await readRow(backend, task)).toMatchObject({ status: 'done', attempt: 1 }),
        40_000,
      );
      expect(await warnings(task)).toEqual([]);
    }
    expect(taken).toContain('older');
    await Promise.all(workers.map((worker) => worker.close()));
  }, 60_000);
});

describe('a stage that an older version has begun and this one does not have', () => {
  it('is skipped when the task is done', async () => {
    const task = await createTask(backend, countTask, { to: 3, everyMs: 0 });
    const older = await backend.eventLog.claim(task, 'worker-older');
    if (!older.claimed) throw new Error('it can be claimed');
    await older.writer.append([
      { type: 'stage', stage: 'tally', status: 'running', weight: 1 },
      { type: 'stage', stage: 'sum', status: 'done', weight: 1 },
    ]);
    expect(await createRunner(backend).run(jobOf(task, kind))).toBe('finished');
    const { state } = await backend.eventLog.snapshot(task);
    expect(state).toMatchObject({ status: 'done', percent: 100 });
    expect(state.stages.map(({ name, status }) => [name, status])).toEqual([
      ['count', 'done'],
      ['tally', 'skipped'],
      ['sum', 'done'],
    ]);
  });
});

it('a task only has to be ended, without its handler, once it is canceled, has ended or is gone', async () => {
  const runner = createRunner(backend);
  const [running, canceling, ended] = await Promise.all([1, 2, 3].map(() => createTask(backend, countTask, { to: 1 })));
  if (running === undefined || canceling === undefined || ended === undefined) throw new Error('three were made');
  await backend.eventLog.append(canceling, { type: 'canceling', requestedBy: 'ada' });
  await backend.database.task.update({ where: { id: ended.taskId }, data: { status: 'done' } });
  const gone = { taskId: randomUUID() };
  const isOnlyToBeEnded = ({ taskId }: { taskId: string }) => runner.isOnlyToBeEnded(taskId);
  expect(await Promise.all([running, canceling, ended, gone].map(isOnlyToBeEnded))).toEqual([false, true, true, true]);
});
