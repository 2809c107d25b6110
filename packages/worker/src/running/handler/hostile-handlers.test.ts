import { createLogger } from '@taskwire/process-kit';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { PermanentTaskError, TaskError } from '../../task-error.ts';
import { asOutput, asText } from '../../testing/type-assertions.ts';
import {
  createRunner,
  createTask,
  createTaskWith,
  jobOf,
  useTestBackend,
  readRow,
  type CountHandler,
} from '../../testing/test-backend.ts';
import { TaskRows } from '../stored/task-rows.ts';
import { countTask } from '../../testing/test-tasks.ts';

const kind = 'demo.count';
const backend = useTestBackend();

const newTask = () => createTask(backend, countTask, { to: 3, everyMs: 0 });
/** With a log that is really written: what is logged was thrown by a handler, too. */
const runnerWith = (handler: CountHandler) =>
  createRunner(backend, { count: handler, logger: pino({}, { write: () => undefined }) });

const throwing = (): never => {
  throw new Error('hostile');
};
/** Rejects with any value, as code without a linter may. */
const rejectWith = (thrown: unknown) =>
  new Promise<never>((_resolve, reject) => Reflect.apply(reject, undefined, [thrown]));
const circular = new Error('circular');
circular.cause = circular;
const unreadable = new Error('unreadable');
Object.defineProperty(unreadable, 'message', { get: throwing });
const unreadableTaskError = new TaskError('CODE', 'words');
Object.defineProperty(unreadableTaskError, 'message', { get: throwing });
const allTraps = { get: throwing, getPrototypeOf: throwing, has: throwing, ownKeys: throwing, set: throwing };

const HOSTILE: readonly (readonly [string, unknown])[] = [
  ['a frozen error', Object.freeze(new Error('frozen'))],
  ['nothing', undefined],
  ['null', null],
  ['a Proxy that throws at every access', new Proxy(new Error('proxy'), allTraps)],
  ['a Proxy of a TaskError', new Proxy(new TaskError('CODE', 'words'), allTraps)],
  ['an error whose message throws', unreadable],
  ['a TaskError whose message throws', unreadableTaskError],
  ['ten megabytes', 'x'.repeat(10_000_000)],
  ['an error that causes itself', circular],
  ['an error whose cause cannot be read', Object.defineProperty(new Error('e'), 'cause', { get: throwing })],
  ['an error with a Proxy as its cause', new Error('e', { cause: new Proxy(new Error('proxy'), allTraps) })],
  ['a BigInt', 1n],
  ['a symbol', Symbol('thrown')],
  ['a function', throwing],
  ['an object that cannot be written as text', { toString: throwing, toJSON: throwing }],
  ['an object without a prototype', Object.create(null)],
];

describe('whatever a handler throws', () => {
  it.each(HOSTILE)('%s: it was a try, and the last one ends the task', async (_what, thrown) => {
    const task = await newTask();
    const runner = runnerWith(() => rejectWith(thrown));
    expect(await runner.run(jobOf(task, kind, 1))).toBe('retry');
    expect(await readRow(backend, task)).toMatchObject({ status: 'retrying' });
    expect(await runner.run(jobOf(task, kind, 0))).toBe('finished');
    const row = await readRow(backend, task);
    expect(row).toMatchObject({ status: 'error', errorCode: 'HANDLER_FAILED' });
    expect(row.errorMessage?.length).toBeLessThan(200);
  });

  it.each(HOSTILE)('%s: its failure differs from that of a handler that is cut off', async (_what, thrown) => {
    const lines: string[] = [];
    const task = await newTask();
    const logger = pino({}, { write: (line: string) => void lines.push(line) });
    await createRunner(backend, { count: () => rejectWith(thrown), logger }).run(jobOf(task, kind, 0));
    expect(lines.filter((line) => line.includes('attempt failed'))).toHaveLength(1);
    expect(lines.filter((line) => line.includes('ignored its signal'))).toEqual([]);
  });

  it('within a stage, or at once instead of by its promise: the same', async () => {
    for (const handler of [
      (ctx: Parameters<CountHandler>[0]) => ctx.stage('count', () => rejectWith(HOSTILE[3]?.[1])),
      throwing,
    ]) {
      const task = await newTask();
      expect(await runnerWith(handler).run(jobOf(task, kind, 1))).toBe('retry');
    }
  });

  it('the words of a TaskError are cut, between two characters', async () => {
    const task = await newTask();
    const failure = new PermanentTaskError('LONG', '😀'.repeat(1_000_000));
    await runnerWith(() => Promise.reject(failure)).run(jobOf(task, kind, 1));
    const row = await readRow(backend, task);
    expect(row).toMatchObject({ status: 'error', errorCode: 'LONG' });
    expect(row.errorMessage).toMatch(/^(😀)+…$/u);
    expect(row.errorMessage?.length).toBeLessThanOrEqual(10_000);
  });

  it('the log of a worker process takes it', () => {
    const logger = createLogger({ service: 'worker', level: 'error', destination: { write: () => undefined } });
    for (const [, thrown] of HOSTILE) expect(() => logger.error({ err: thrown }, 'thrown')).not.toThrow();
    expect(() => logger.child({ taskId: 't' }).error({ err: HOSTILE[0]?.[1] }, 'thrown')).not.toThrow();
  });
});

describe('whatever a handler gives back', () => {
  /** Makes a handler that returns any value, as one not compiled against its types may. */
  const given = (value: unknown): CountHandler => {
    return async () => asOutput(value);
  };
  const cyclic: Record<string, unknown> = { counted: 1 };
  cyclic['self'] = cyclic;

  it.each([
    ['a BigInt', { counted: 1n }],
    ['a function', () => undefined],
    ['nothing', undefined],
    ['a fraction where a whole number belongs', { counted: 1.5 }],
    ['ten thousand wrong fields', Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`f${index}`, 1n]))],
  ])('%s: ends the task in an error that says so', async (_what, value) => {
    const task = await newTask();
    expect(await runnerWith(given(value)).run(jobOf(task, kind, 1))).toBe('finished');
    const row = await readRow(backend, task);
    expect(row).toMatchObject({ status: 'error', errorCode: 'OUTPUT_INVALID' });
    expect(row.errorMessage?.length).toBeLessThanOrEqual(10_000);
  });

  it.each([
    ['a Proxy that throws at every access', new Proxy({ counted: 1 }, allTraps)],
    [
      'a thenable that throws',
      {
        get then() {
          return throwing();
        },
      },
    ],
    [
      'a thenable that rejects with nothing',
      { then: (_done: unknown, fail: (reason: unknown) => void) => fail(undefined) },
    ],
  ])('%s: it was a try', async (_what, value) => {
    const task = await newTask();
    expect(await runnerWith(given(value)).run(jobOf(task, kind, 1))).toBe('retry');
  });

  it('a thenable that never settles: the time limit ends the task', async () => {
    const task = await createTaskWith(backend, { task: countTask, input: { to: 3, everyMs: 0 }, timeoutMs: 300 });
    const runner = createRunner(backend, { count: given({ then: () => undefined }), cancelGraceMs: 50 });
    expect(await runner.run(jobOf(task, kind, 1))).toBe('finished');
    expect(await readRow(backend, task)).toMatchObject({ status: 'error', errorCode: 'TIMEOUT' });
  });

  it('what is no part of the output is left out, whatever it is', async () => {
    const task = await newTask();
    expect(await runnerWith(given(cyclic)).run(jobOf(task, kind, 1))).toBe('finished');
    expect(await readRow(backend, task)).toMatchObject({ status: 'done', output: { counted: 1 } });
  });
});

describe('whatever a handler logs', () => {
  const loop: Record<string, unknown> = {};
  loop['self'] = loop;

  it.each([
    ['a BigInt', 1n],
    ['an object that holds itself', loop],
    ['nothing', undefined],
    ['a Proxy that throws at every access', new Proxy({}, allTraps)],
    ['a symbol', Symbol('logged')],
  ])('%s: fails at the call, and it was a try', async (_what, value) => {
    const task = await newTask();
    const attempts: CountHandler[] = [
      async (ctx) => ctx.log('info', asText(value)).then(() => ({ counted: 3 })),
      (ctx) => ctx.stage('count', (stage) => stage.token(asText(value)).then(() => ({ counted: 3 }))),
    ];
    for (const handler of attempts) expect(await runnerWith(handler).run(jobOf(task, kind, 1))).toBe('retry');
    expect(await createRunner(backend).run(jobOf(task, kind, 1))).toBe('finished');
    expect(await readRow(backend, task)).toMatchObject({ status: 'done' });
  });
});

describe('a fault of what runs tasks', () => {
  it.each(['claim', 'snapshot'] as const)('is no try, and is nothing that BullMQ sees (%s)', async (broken) => {
    const task = await newTask();
    const fault = () => Promise.reject(Object.freeze(new Error('a fault')));
    const runner = createRunner(backend, { eventLog: { ...backend.eventLog, [broken]: fault } });
    expect(await runner.run(jobOf(task, kind, 1))).toBe('later');
    expect(await createRunner(backend).run(jobOf(task, kind, 1))).toBe('finished');
    expect(await readRow(backend, task)).toMatchObject({ status: 'done' });
  });

  it('a row that cannot be marked as retrying changes nothing: the log decides', async () => {
    const task = await newTask();
    class BrokenRows extends TaskRows {
      override markRetrying(): Promise<void> {
        return Promise.reject(new Error('PostgreSQL is away'));
      }
    }
    const runner = createRunner(backend, {
      count: () => Promise.reject(new TaskError('NO_LUCK', 'no luck')),
      rows: new BrokenRows(backend.database),
    });
    expect(await runner.run(jobOf(task, kind, 1))).toBe('retry');
  });
});
