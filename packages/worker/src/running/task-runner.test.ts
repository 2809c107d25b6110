import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';
import { eventually } from '@taskwire/test-kit/vitest';
import { describe, expect, it, vi } from 'vitest';
import { DEFAULT_RETENTION } from '../retention/retention-dependencies.ts';
import { claimTask } from '../retention/testing/fixed-attempt.ts';
import { PermanentTaskError, TaskError } from '../task-error.ts';
import { waitingHandler } from '../testing/handlers.ts';
import {
  NEVER_MS,
  createRunner,
  createTask,
  jobOf,
  useTestBackend,
  readEvents,
  readRow,
  type TestBackend,
  withoutCancelChannel,
  type CountHandler,
} from '../testing/test-backend.ts';
import { TaskRows } from './stored/task-rows.ts';
import { countTask } from '../testing/test-tasks.ts';

const kind = 'demo.count';

const backend = useTestBackend();

const newTask = () => createTask(backend, countTask, { to: 3, everyMs: 0 });
const runnerWith = (handler: CountHandler) => createRunner(backend, { count: handler });

async function typesOf(task: Awaited<ReturnType<typeof newTask>>): Promise<string[]> {
  return (await readEvents(backend, task)).map((event) => event.type);
}

describe('TaskRunner', () => {
  it('runs a task to its end: events, row and state agree', async () => {
    const task = await newTask();
    expect(await createRunner(backend).run(jobOf(task, kind))).toBe('finished');

    const types = await typesOf(task);
    expect(types.slice(0, 3)).toEqual(['queued', 'started', 'stage']);
    expect(types.at(-1)).toBe('done');
    const { seq, state } = await backend.eventLog.snapshot(task);
    const row = await readRow(backend, task);
    expect(row).toMatchObject({
      status: 'done',
      attempt: 1,
      percent: 100,
      output: { counted: 3 },
      snapshotSeq: BigInt(seq),
      errorCode: null,
    });
    expect(row.snapshot).toEqual(state);
    expect(row.startedAt).not.toBeNull();
    expect(row.endedAt?.getTime()).toBe(state.endedAt);
  });

  it('finishes the job of a task without a row', async () => {
    const task = { taskId: randomUUID(), projectId: randomUUID(), ownerId: 'ada' };
    expect(await createRunner(backend).run(jobOf(task, kind))).toBe('finished');
  });

  it('asks for another attempt after a failure while tries are left, and the next one finishes', async () => {
    const task = await createTask(backend, countTask, { to: 3, everyMs: 0, failures: { at: 2, times: 1 } });
    expect(await createRunner(backend).run(jobOf(task, kind, 2))).toBe('retry');
    expect((await readEvents(backend, task)).at(-1)).toMatchObject({
      type: 'retrying',
      delayMs: 1_000,
      error: { code: 'FAILED_ON_PURPOSE', message: 'failed on purpose at 2' },
    });
    expect(await readRow(backend, task)).toMatchObject({ status: 'retrying', attempt: 1, endedAt: null });

    expect(await createRunner(backend).run(jobOf(task, kind, 1))).toBe('finished');
    expect(await readRow(backend, task)).toMatchObject({
      status: 'done',
      attempt: 2,
      errorCode: null,
      output: { counted: 3 },
    });
    const percents = (await readEvents(backend, task)).flatMap((event) =>
      event.type === 'progress' ? [event.percent] : [],
    );
    expect(percents).toEqual([...percents].sort((left, right) => left - right));
  });

  it('ends in error after the last try', async () => {
    const task = await newTask();
    const runner = runnerWith(() => Promise.reject(new TaskError('NO_LUCK', 'no luck this time')));
    expect(await runner.run(jobOf(task, kind, 0))).toBe('finished');
    expect(await readRow(backend, task)).toMatchObject({
      status: 'error',
      errorCode: 'NO_LUCK',
      errorMessage: 'no luck this time',
    });
  });

  it('ends in error at once after a permanent failure', async () => {
    const task = await newTask();
    const runner = runnerWith(() => Promise.reject(new PermanentTaskError('HOPELESS', 'this can never work')));
    expect(await runner.run(jobOf(task, kind, 5))).toBe('finished');
    expect((await readEvents(backend, task)).at(-1)).toMatchObject({
      type: 'error',
      code: 'HOPELESS',
      message: 'this can never work',
    });
    expect(await readRow(backend, task)).toMatchObject({ status: 'error', errorCode: 'HOPELESS' });
  });

  it('hides the details of an unexpected error from the owner', async () => {
    const task = await newTask();
    const secret = 'password=hunter2 at /srv/secret/path.ts';
    await runnerWith(() => Promise.reject(new Error(secret))).run(jobOf(task, kind, 0));
    const events = await readEvents(backend, task);
    expect(events.at(-1)).toMatchObject({
      type: 'error',
      code: 'HANDLER_FAILED',
      message: 'the task failed unexpectedly',
    });
    expect(JSON.stringify(events)).not.toContain('hunter2');
    expect(inspect(await readRow(backend, task), { depth: null })).not.toContain('hunter2');
  });

  it('ends in error when the result does not fit, naming the field', async () => {
    const task = await newTask();
    await runnerWith(() => Promise.resolve({ counted: 1.5 })).run(jobOf(task, kind, 5));
    const row = await readRow(backend, task);
    expect(row).toMatchObject({ status: 'error', errorCode: 'OUTPUT_INVALID', output: null });
    expect(row.errorMessage).toContain('result.counted');
  });

  it('ends a task without running it if its workers died as often as it may be tried', async () => {
    const task = await newTask();
    const handler = vi.fn<CountHandler>();
    expect(await runnerWith(handler).run(jobOf(task, kind, -1))).toBe('finished');
    expect(handler).not.toHaveBeenCalled();
    expect(await readRow(backend, task)).toMatchObject({ status: 'error', errorCode: 'WORKER_LOST' });
  });

  it('stops a running task that is canceled, and ends it as canceled', async () => {
    const task = await newTask();
    const { handler, running } = waitingHandler();
    const run = runnerWith(handler).run(jobOf(task, kind, 2));
    await running;
    await backend.eventLog.append(task, { type: 'canceling', requestedBy: 'ada' });
    expect(await run).toBe('finished');
    const types = await typesOf(task);
    expect(types.at(-1)).toBe('canceled');
    expect(types.filter((type) => type.startsWith('cancel'))).toEqual(['canceling', 'canceled']);
    expect(await readRow(backend, task)).toMatchObject({ status: 'canceled', errorCode: null });
  });

  it('notices a cancel by its next append when the message was lost', async () => {
    const task = await newTask();
    const deaf = { eventLog: withoutCancelChannel(backend), checkEveryMs: NEVER_MS };
    const handler: CountHandler = (ctx) =>
      ctx.stage('count', async (stage) => {
        await backend.eventLog.append(task, { type: 'canceling', requestedBy: 'ada' });
        for (let number = 1; ; number += 1) {
          await stage.progress(number, 1_000_000);
          await delay(1);
        }
      });
    expect(await createRunner(backend, { count: handler, ...deaf }).run(jobOf(task, kind))).toBe('finished');
    expect(await readRow(backend, task)).toMatchObject({ status: 'canceled' });
  });

  it('notices a cancel also after the percent could not be written into the row', async () => {
    class RowsWithoutPercent extends TaskRows {
      override recordPercent(): Promise<void> {
        return Promise.reject(new Error('PostgreSQL is away'));
      }
    }
    const rows = new RowsWithoutPercent(backend.database);
    const recordPercent = vi.spyOn(rows, 'recordPercent');
    const task = await newTask();
    const handler: CountHandler = (ctx) =>
      ctx.stage('count', async (stage) => {
        for (let number = 1; recordPercent.mock.calls.length === 0; number += 1) {
          await stage.progress(number, 1_000);
          await delay(100);
        }
        await backend.eventLog.append(task, { type: 'canceling', requestedBy: 'ada' });
        await delay(3_600_000, undefined, { signal: stage.signal });
        return { counted: 3 };
      });
    await createRunner(backend, { count: handler, rows }).run(jobOf(task, kind));
    expect(await readRow(backend, task)).toMatchObject({ status: 'canceled' });
  });

  it('writes the percent of a running task into its row', async () => {
    const task = await newTask();
    const handler: CountHandler = (ctx) =>
      ctx.stage('count', async (stage) => {
        await stage.progress(1, 2);
        await delay(3_600_000, undefined, { signal: stage.signal });
        return { counted: 3 };
      });
    const runner = runnerWith(handler);
    const run = runner.run(jobOf(task, kind, 2));
    await eventually(async () => expect(await readRow(backend, task)).toMatchObject({ percent: 50 }), 10_000);
    runner.handOver();
    expect(await run).toBe('hand-over');
  });

  it('writes the percent of an earlier attempt whose worker died before it was in the row', async () => {
    const retention = { ...DEFAULT_RETENTION, snapshotEveryMs: NEVER_MS };
    const task = await newTask();
    const { writer } = await claimTask(backend, task);
    await writer.append([{ type: 'progress', stage: 'count', current: 1, total: 2, percent: 50 }]);
    expect(await readRow(backend, task)).toMatchObject({ percent: 0 });
    const quiet: CountHandler = (ctx) => delay(3_600_000, { counted: 3 }, { signal: ctx.signal });
    const runner = createRunner(backend, { count: quiet, retention });
    const run = runner.run(jobOf(task, kind, 2));
    await eventually(async () => expect(await readRow(backend, task)).toMatchObject({ percent: 50 }), 10_000);
    runner.handOver();
    expect(await run).toBe('hand-over');
  });

  it('ends a task whose failure has an invalid code', async () => {
    const task = await newTask();
    const handler: CountHandler = () => Promise.reject(new TaskError('not a code', 'secret'));
    expect(await runnerWith(handler).run(jobOf(task, kind))).toBe('finished');
    expect(await readRow(backend, task)).toMatchObject({ status: 'error', errorCode: 'HANDLER_FAILED' });
  });

  it('ends a task as canceled without running it when the cancel came before the claim', async () => {
    const task = await newTask();
    await backend.eventLog.append(task, { type: 'canceling', requestedBy: 'ada' });
    const handler = vi.fn<CountHandler>();
    expect(await runnerWith(handler).run(jobOf(task, kind, 2))).toBe('finished');
    expect(handler).not.toHaveBeenCalled();
    expect(await typesOf(task)).toEqual(['queued', 'canceling', 'started', 'canceled']);
    expect(await readRow(backend, task)).toMatchObject({ status: 'canceled' });
  });

  it('asks for no other attempt when a cancel came with the failure', async () => {
    const task = await newTask();
    const deaf = { eventLog: withoutCancelChannel(backend), checkEveryMs: NEVER_MS };
    const handler: CountHandler = async () => {
      await backend.eventLog.append(task, { type: 'canceling', requestedBy: 'ada' });
      throw new TaskError('NO_LUCK', 'no luck this time');
    };
    expect(await createRunner(backend, { count: handler, ...deaf }).run(jobOf(task, kind, 2))).toBe('finished');
    expect((await typesOf(task)).at(-1)).toBe('canceled');
    expect(await readRow(backend, task)).toMatchObject({ status: 'canceled' });
  });

  it('writes nothing more, neither events nor the row, once another attempt has the task', async () => {
    const task = await newTask();
    let released = () => {};
    const gate = new Promise<void>((resolve) => (released = resolve));
    const thrown: unknown[] = [];
    const handler: CountHandler = async (ctx) => {
      if (ctx.attempt > 1) return { counted: 3 };
      return ctx.stage('count', async (stage) => {
        await gate;
        try {
          for (;;) {
            await stage.token('zombie');
            await delay(1);
          }
        } catch (error) {
          thrown.push(error);
          throw error;
        }
      });
    };
    const first = runnerWith(handler).run(jobOf(task, kind, 2));
    await eventually(async () => expect(await typesOf(task)).toContain('stage'));
    expect(await runnerWith(handler).run(jobOf(task, kind, 1))).toBe('finished');
    const ended = await readRow(backend, task);
    expect(ended).toMatchObject({ status: 'done', attempt: 2 });

    released();
    expect(await first).toBe('finished');
    expect(thrown).toMatchObject([{ name: 'AttemptStopped' }]);
    expect(JSON.stringify(await readEvents(backend, task))).not.toContain('zombie');
    expect(await readRow(backend, task)).toEqual(ended);
  });

  it('leaves an ended attempt of another worker alone when it is superseded in the middle', async () => {
    const task = await newTask();
    const { handler, running } = waitingHandler();
    const runner = runnerWith(handler);
    const first = runner.run(jobOf(task, kind, 2));
    await running;
    await backend.eventLog.claim(task, 'worker-other');
    runner.handOver();
    expect(await first).toBe('superseded');
    expect((await typesOf(task)).at(-1)).toBe('started');
    expect(await readRow(backend, task)).toMatchObject({ status: 'running', endedAt: null });
  });

  it('completes the row of a task whose worker died between the last event and the row', async () => {
    const task = await newTask();
    const snapshot = () => Promise.reject(new Error('died'));
    // Without a stage, at whose end what is in the log is saved: that could be the end of the task already.
    const noStage = () => Promise.resolve({ counted: 3 });
    const dying = createRunner(backend, { count: noStage, eventLog: { ...backend.eventLog, snapshot } });
    expect(await dying.run(jobOf(task, kind, 2))).toBe('later');
    expect(await readRow(backend, task)).toMatchObject({ archivedAt: null });

    const handler = vi.fn<CountHandler>();
    expect(await runnerWith(handler).run(jobOf(task, kind, 1))).toBe('finished');
    expect(handler).not.toHaveBeenCalled();
    const settled = { status: 'done', percent: 100, output: { counted: 3 }, archivedAt: expect.any(Date) };
    expect(await readRow(backend, task)).toMatchObject(settled);
    expect((await typesOf(task)).filter((type) => type === 'done')).toHaveLength(1);
  });

  it('hands a task over at once when the worker stops, and uses up no try', async () => {
    for (const triesLeft of [1, 0]) {
      const task = await newTask();
      const { handler, running } = waitingHandler();
      const runner = runnerWith(handler);
      const run = runner.run(jobOf(task, kind, triesLeft));
      await running;
      runner.handOver();
      expect(await run).toBe('hand-over');
      expect((await readEvents(backend, task)).at(-1)).toMatchObject({
        type: 'retrying',
        delayMs: 0,
        error: { code: 'WORKER_STOPPED' },
      });
      expect(await readRow(backend, task)).toMatchObject({ status: 'retrying', endedAt: null });
    }
  });

  it('runs no task that comes after the worker was stopped, or is just being claimed', async () => {
    const handler = vi.fn<CountHandler>();
    const late = await newTask();
    const stopped = runnerWith(handler);
    stopped.handOver();
    expect(await stopped.run(jobOf(late, kind, 0))).toBe('hand-over');
    expect(await typesOf(late)).toEqual(['queued']);

    const plain = backend.eventLog;
    const claim: typeof plain.claim = async (...given) => {
      stopping.handOver();
      return plain.claim(...given);
    };
    const stopping = createRunner(backend, { count: handler, eventLog: { ...plain, claim } });
    const claimed = await newTask();
    expect(await stopping.run(jobOf(claimed, kind, 0))).toBe('hand-over');
    expect(await typesOf(claimed)).toEqual(['queued', 'started', 'retrying']);
    expect(handler).not.toHaveBeenCalled();
  });

  it.each<[string, CountHandler]>([
    [
      'a null for a text',
      (ctx) => {
        const { name }: { name: string } = JSON.parse('{"name":null}');
        return ctx.stage('count', (stage) => stage.progress(1, 2, name).then(() => ({ counted: 1 })));
      },
    ],
    ['an output with half of a surrogate pair', () => Promise.resolve(Object({ counted: 1, note: '\ud800' }))],
    [
      'a message of an error that no event can hold',
      () => Promise.reject(new PermanentTaskError('ODD', '\0\ud800'.repeat(9_000))),
    ],
  ])('ends a task whose handler gives %s: once, and readably', async (_what, handler) => {
    const task = await newTask();
    expect(await runnerWith(handler).run(jobOf(task, kind))).toBe('finished');
    const events = await readEvents(backend, task);
    expect(events.map(({ type }) => type)).not.toContain('unreadable');
    expect(['done', 'error']).toContain(events.at(-1)?.type);
    expect(await readRow(backend, task)).toMatchObject({ status: events.at(-1)?.type, attempt: 1 });
  });

  it('ends a task also if PostgreSQL would refuse its text, without that text', async () => {
    const task = await newTask();
    const handler: CountHandler = (ctx) =>
      ctx.stage('count', async (stage) => {
        await expect(stage.log('info', 'nul \0')).rejects.toThrow(TypeError);
        throw new PermanentTaskError('ODD', 'nul \0');
      });
    expect(await runnerWith(handler).run(jobOf(task, kind))).toBe('finished');
    expect(await readRow(backend, task)).toMatchObject({ status: 'error', errorMessage: 'nul ' });
  });

  it('lets the log of an ended task expire after a day', async () => {
    const task = await newTask();
    const expire = vi.fn((...given: Parameters<TestBackend['eventLog']['expire']>) =>
      backend.eventLog.expire(...given),
    );
    await createRunner(backend, { eventLog: { ...backend.eventLog, expire } }).run(jobOf(task, kind));
    expect(expire).toHaveBeenCalledExactlyOnceWith(expect.objectContaining(task), 86_400);
  });
});
