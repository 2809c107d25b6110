import type { TaskAddress } from '@taskwire/event-log';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Handlers } from '../handlers/index.ts';
import { TaskError } from '../task-error.ts';
import { deafHandler, signpost, waitingHandler } from '../testing/handlers.ts';
import { silentFollow } from '../testing/silent-follow.ts';
import {
  createRunner,
  createTask,
  createTaskWith,
  jobOf,
  openTestBackend,
  readEvents,
  readRow,
  type TestBackend,
} from '../testing/test-backend.ts';
import { timeLimitOf } from './watch-deadline.ts';

const kind = 'demo.count';
type CountHandler = Handlers[typeof kind];
const canceling = { type: 'canceling', requestedBy: 'ada' } as const;

let backend: TestBackend;

beforeAll(async () => {
  backend = await openTestBackend();
});
afterAll(async () => {
  await backend.close();
});

const newTask = () => createTask(backend, kind, { to: 3, everyMs: 0 });
const limitedTask = (timeoutMs: number) => createTaskWith(backend, { kind, input: { to: 3, everyMs: 0 }, timeoutMs });
const runnerWith = (handler: CountHandler, changed: Parameters<typeof createRunner>[1] = {}) =>
  createRunner(backend, { handlers: { [kind]: handler }, ...changed });
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
    await vi.waitFor(() => expect(thrown).toHaveLength(2));
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

  it('is noticed within seconds by a handler that appends nothing, although its message was lost', async () => {
    const task = await newTask();
    const { handler, running } = waitingHandler();
    const eventLog = { ...backend.eventLog, follow: silentFollow };
    const run = runnerWith(handler, { eventLog }).run(jobOf(task, kind, 2));
    await running;
    await vi.waitFor(async () => expect(await lastEvent(task)).toMatchObject({ type: 'progress' }));
    await backend.eventLog.append(task, canceling);
    expect(await run).toBe('finished');
    expect(await lastEvent(task)).toMatchObject({ type: 'canceled' });
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
    await vi.waitFor(() => expect(Date.now()).toBeGreaterThan((started?.at ?? Infinity) + 500));
    const handler = vi.fn<CountHandler>();
    expect(await runnerWith(handler).run(jobOf(task, kind, 5))).toBe('finished');
    expect(handler).not.toHaveBeenCalled();
    expect(await lastEvent(task)).toMatchObject({ type: 'error', code: 'TIMEOUT', attempt: 2 });
  });

  it('leaves no timer of its own behind when the task is done before', async () => {
    const cleared = vi.spyOn(globalThis, 'clearTimeout');
    const task = await limitedTask(12_345_678);
    const set = vi.spyOn(globalThis, 'setTimeout');
    await runnerWith(() => Promise.resolve({ counted: 3 })).run(jobOf(task, kind));
    const timers = set.mock.calls.flatMap(([, delayMs], at) => (delayMs === 12_345_678 ? [set.mock.results[at]] : []));
    expect(timers).toHaveLength(1);
    expect(cleared.mock.calls.map(([timer]) => timer)).toContain(timers[0]?.value);
    vi.restoreAllMocks();
  });

  it('is what the request says, else what the kind says', async () => {
    const row = await backend.rows.find((await newTask()).taskId);
    if (row === undefined) throw new Error('the row is there');
    expect(timeLimitOf(row)).toBe(21_600_000);
    expect(timeLimitOf({ ...row, timeoutMs: 5_000 })).toBe(5_000);
    expect(timeLimitOf({ ...row, kind: 'no.such' })).toBeUndefined();
  });
});

describe('what a handler wrote before it ended', () => {
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

  it('is all that is in the log: what it writes after it has ended is dropped', async () => {
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
