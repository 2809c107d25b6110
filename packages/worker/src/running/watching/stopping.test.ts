import { setTimeout as delay } from 'node:timers/promises';
import type { TaskAddress } from '@taskwire/event-log';
import { eventually } from '@taskwire/test-kit/vitest';
import { describe, expect, it, vi } from 'vitest';
import { TaskError } from '../../task-error.ts';
import { deafHandler, signpost, waitingHandler } from '../../testing/handlers.ts';
import {
  NEVER_MS,
  createRunner,
  createTask,
  createTaskWith,
  jobOf,
  useTestBackend,
  readEvents,
  readRow,
  withoutCancelChannel,
  type CountHandler,
} from '../../testing/test-backend.ts';
import { timeLimitOf } from './watch-deadline.ts';
import { countTask } from '../../testing/test-tasks.ts';

const kind = 'demo.count';
const canceling = { type: 'canceling', requestedBy: 'ada' } as const;

const backend = useTestBackend();

const newTask = () => createTask(backend, countTask, { to: 3, everyMs: 0 });
const limitedTask = (timeoutMs: number) =>
  createTaskWith(backend, { task: countTask, input: { to: 3, everyMs: 0 }, timeoutMs });
const runnerWith = (handler: CountHandler, changed: Parameters<typeof createRunner>[1] = {}) =>
  createRunner(backend, { count: handler, ...changed });
const lastEvent = async (task: TaskAddress) => (await readEvents(backend, task)).at(-1);

describe('a cancel', () => {
  it('cuts a handler off that ignores its signal: nothing that it does later reaches the log', async () => {
    const task = await newTask();
    const { handler, running, goOn, thrown } = deafHandler();
    const run = runnerWith(handler, { cancelGraceMs: 50 }).run(jobOf(task, kind, 2));
    await running;
    await backend.eventLog.append(task, canceling);
    expect(await run).toBe('finished');
    const events = await readEvents(backend, task);
    expect(events.flatMap((event) => (event.type === 'token' ? [event.text] : []))).toEqual(['before ']);
    expect(events.at(-1)).toMatchObject({ type: 'canceled' });
    expect(await readRow(backend, task)).toMatchObject({ status: 'canceled' });

    goOn();
    await eventually(() => expect(thrown).toHaveLength(2));
    expect(thrown).toMatchObject([{ reason: 'canceled' }, { reason: 'canceled' }]);
    expect(await readEvents(backend, task)).toEqual(events);
  });

  it('gives a handler its grace period to end by itself', async () => {
    const task = await newTask();
    const { reached, reach } = signpost();
    const { reached: ended, reach: end } = signpost();
    const handler: CountHandler = async (ctx) => {
      reach();
      await new Promise((resolve) => ctx.signal.addEventListener('abort', resolve, { once: true }));
      await backend.eventLog.snapshot(task);
      end();
      return { counted: 3 };
    };
    const run = runnerWith(handler, { cancelGraceMs: 60_000 }).run(jobOf(task, kind, 2));
    await reached;
    await backend.eventLog.append(task, canceling);
    await ended;
    expect(await run).toBe('finished');
    expect(await lastEvent(task)).toMatchObject({ type: 'canceled' });
  });

  describe('of a handler that appends nothing', () => {
    /** Such a handler's run, once its last append is acknowledged. */
    async function quietRun(changed: Parameters<typeof createRunner>[1]) {
      const task = await newTask();
      const { handler, running } = waitingHandler();
      const run = runnerWith(handler, changed).run(jobOf(task, kind, 2));
      await running;
      await eventually(async () => expect(await lastEvent(task)).toMatchObject({ type: 'progress' }));
      return { task, run };
    }
    const expectCanceled = async ({ task, run }: Awaited<ReturnType<typeof quietRun>>) => {
      expect(await run).toBe('finished');
      expect(await lastEvent(task)).toMatchObject({ type: 'canceled' });
    };

    it('is noticed by the cancel channel alone', async () => {
      const quiet = await quietRun({ checkEveryMs: NEVER_MS });
      await backend.eventLog.append(quiet.task, canceling);
      await expectCanceled(quiet);
    });

    it('is noticed by the cancel channel after its connection was lost and came back', async () => {
      const quiet = await quietRun({ checkEveryMs: NEVER_MS });
      await backend.redis.command('CLIENT KILL TYPE pubsub');
      await backend.eventLog.append(quiet.task, canceling);
      await expectCanceled(quiet);
    });

    it('is noticed within seconds by the check alone: an older api publishes nothing, and pub/sub loses messages', async () => {
      const quiet = await quietRun({ eventLog: withoutCancelChannel(backend) });
      await backend.eventLog.append(quiet.task, canceling);
      await expectCanceled(quiet);
    });

    it('is not taken from the channel without the log: a forged message stops nothing', async () => {
      const inspect = vi.fn(backend.eventLog.inspect.bind(backend.eventLog));
      const { task, run } = await quietRun({
        eventLog: { ...backend.eventLog, inspect },
        checkEveryMs: NEVER_MS,
      });
      inspect.mockClear();
      await backend.redis.command(`PUBLISH taskwire:cancels ${task.taskId}`);
      await eventually(() => expect(inspect).toHaveBeenCalled());
      for (const { value } of inspect.mock.results) await value;
      expect(await lastEvent(task)).toMatchObject({ type: 'progress' });
      await backend.eventLog.append(task, canceling);
      await expectCanceled({ task, run });
    });
  });

  it('is noticed when it came between the claim and the subscription', async () => {
    const task = await newTask();
    const claim: typeof backend.eventLog.claim = async (...request) => {
      const claimed = await backend.eventLog.claim(...request);
      await backend.eventLog.append(task, canceling);
      return claimed;
    };
    const quiet: CountHandler = (ctx) => delay(3_600_000, { counted: 3 }, { signal: ctx.signal });
    const eventLog = { ...withoutCancelChannel(backend), claim };
    expect(await runnerWith(quiet, { eventLog, checkEveryMs: NEVER_MS }).run(jobOf(task, kind, 2))).toBe('finished');
    expect(await lastEvent(task)).toMatchObject({ type: 'canceled' });
  });
});

describe('an attempt that appends nothing', () => {
  it('is stopped within seconds when another worker has claimed the task', async () => {
    const task = await newTask();
    const { handler, running } = waitingHandler();
    const run = runnerWith(handler).run(jobOf(task, kind, 2));
    await running;
    await eventually(async () => expect(await lastEvent(task)).toMatchObject({ type: 'progress' }));
    await backend.eventLog.claim(task, 'worker-other');
    expect(await run).toBe('superseded');
  });
});

describe('a time limit', () => {
  it('ends a task in error TIMEOUT, whatever tries are left', async () => {
    const task = await limitedTask(100);
    const { handler } = waitingHandler();
    expect(await runnerWith(handler).run(jobOf(task, kind, 5))).toBe('finished');
    expect(await lastEvent(task)).toMatchObject({
      type: 'error',
      code: 'TIMEOUT',
      message: 'the task was not done within its time limit of 0.1 s',
    });
    expect(await readRow(backend, task)).toMatchObject({ status: 'error', errorCode: 'TIMEOUT' });
  });

  it('cuts a handler off that ignores its signal', async () => {
    const task = await limitedTask(100);
    const { handler, goOn } = deafHandler();
    expect(await runnerWith(handler, { cancelGraceMs: 50 }).run(jobOf(task, kind, 5))).toBe('finished');
    expect(await lastEvent(task)).toMatchObject({ type: 'error', code: 'TIMEOUT' });
    goOn();
  });

  it('counts from the first start: a later attempt that begins after it ends at once, without being run', async () => {
    const task = await limitedTask(400);
    const failing = runnerWith(() => Promise.reject(new TaskError('NO_LUCK', 'no luck')));
    expect(await failing.run(jobOf(task, kind, 5))).toBe('retry');
    const started = (await readEvents(backend, task)).find((event) => event.type === 'started');
    await eventually(() => expect(Date.now()).toBeGreaterThan((started?.at ?? Infinity) + 500));
    const handler = vi.fn<CountHandler>();
    expect(await runnerWith(handler).run(jobOf(task, kind, 5))).toBe('finished');
    expect(handler).not.toHaveBeenCalled();
    expect(await lastEvent(task)).toMatchObject({ type: 'error', code: 'TIMEOUT', attempt: 2 });
  });

  it('leaves no timer behind when the task is done before', async () => {
    const cleared = vi.spyOn(globalThis, 'clearTimeout');
    const task = await limitedTask(12_345_678);
    const set = vi.spyOn(globalThis, 'setTimeout');
    await runnerWith(() => Promise.resolve({ counted: 3 })).run(jobOf(task, kind));
    const timers = set.mock.calls.flatMap(([, delayMs], at) => (delayMs === 12_345_678 ? [set.mock.results[at]] : []));
    expect(timers).toHaveLength(1);
    expect(cleared.mock.calls.map(([timer]) => timer)).toContain(timers[0]?.value);
    vi.restoreAllMocks();
  });

  it('is the limit of the request, or else of the kind', async () => {
    const row = await backend.rows.find((await newTask()).taskId);
    if (row === undefined) throw new Error('the row is there');
    expect(timeLimitOf(row, backend.catalog)).toBe(21_600_000);
    expect(timeLimitOf({ ...row, timeoutMs: 5_000 }, backend.catalog)).toBe(5_000);
    expect(timeLimitOf({ ...row, kind: 'no.such' }, backend.catalog)).toBeUndefined();
  });
});

describe('each event that a handler wrote before its end', () => {
  it.each(['done', 'error', 'canceled', 'retrying'] as const)('is in the log before `%s`', async (ending) => {
    const task = await newTask();
    const { reached, reach } = signpost();
    const handler: CountHandler = (ctx) =>
      ctx.stage('count', async (stage) => {
        for (const word of ['all ', 'of ', 'it']) void stage.token(word);
        reach();
        if (ending === 'error') throw new TaskError('NO_LUCK', 'no luck');
        if (ending === 'done') return { counted: 3 };
        await new Promise((resolve) => stage.signal.addEventListener('abort', resolve, { once: true }));
        throw stage.signal.reason;
      });
    const runner = runnerWith(handler);
    const run = runner.run(jobOf(task, kind, 0));
    await reached;
    if (ending === 'canceled') await backend.eventLog.append(task, canceling);
    if (ending === 'retrying') runner.handOver();
    await run;
    const events = await readEvents(backend, task);
    expect(events.flatMap((event) => (event.type === 'token' ? [event.text] : [])).join('')).toBe('all of it');
    expect(events.at(-1)).toMatchObject({ type: ending });
  });

  it('is in the log, and later ones are dropped', async () => {
    const task = await newTask();
    const late: Promise<unknown>[] = [];
    const { reached, reach } = signpost();
    const handler: CountHandler = async (ctx) => {
      late.push(reached.then(() => ctx.log('info', 'late').catch(() => undefined)));
      throw new TaskError('NO_LUCK', 'no luck');
    };
    const eventLog = { ...backend.eventLog, relay: async () => reach() };
    const rows = backend.rows;
    const markRetrying = vi.spyOn(rows, 'markRetrying').mockImplementationOnce(async () => {
      reach();
      await Promise.all(late);
    });
    expect(await runnerWith(handler, { eventLog, rows }).run(jobOf(task, kind, 2))).toBe('retry');
    expect(markRetrying).toHaveBeenCalledOnce();
    expect(await lastEvent(task)).toMatchObject({ type: 'retrying' });
    vi.restoreAllMocks();
  });
});
