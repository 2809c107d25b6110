import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { TaskAddress } from '@taskwire/event-log';
import { eventually, useTemporaryFolder } from '@taskwire/test-kit/vitest';
import { describe, expect, it } from 'vitest';
import type { UntypedContext } from '../context/task-context.ts';
import { createRunner, createTask, jobOf, useTestBackend, readEvents, readRow } from '../testing/test-backend.ts';
import { inThread } from './in-thread.ts';
import { burnTask } from '../testing/burn-task.ts';

const { kind } = burnTask;
const thread = new URL('../testing/burn-thread.ts', import.meta.url);
const backend = useTestBackend();

const typesOf = async (task: TaskAddress) => (await readEvents(backend, task)).map((event) => event.type);

describe('a handler in a thread', () => {
  it('runs to its end, and reports its progress although it never pauses', async () => {
    const task = await createTask(backend, burnTask, { seconds: 0.5 });
    expect(await createRunner(backend).run(jobOf(task, kind))).toBe('finished');
    expect(await readRow(backend, task)).toMatchObject({ status: 'done', percent: 100 });
    const progress = (await readEvents(backend, task)).flatMap((event) =>
      event.type === 'progress' ? [event.current] : [],
    );
    expect(progress.length).toBeGreaterThan(2);
    expect(progress).toEqual([...progress].sort((left, right) => left - right));
    expect(progress.at(-1)).toBe(0.5);
    expect((await typesOf(task)).slice(-2)).toEqual(['stage', 'done']);
  });

  it.each(['cancel', 'hand-over'] as const)('is ended by a %s although it never pauses', async (how) => {
    const task = await createTask(backend, burnTask, { seconds: 3_600 });
    const runner = createRunner(backend, { cancelGraceMs: 60_000 });
    const run = runner.run(jobOf(task, kind, 0));
    await eventually(async () => expect(await typesOf(task)).toContain('progress'), 20_000);
    if (how === 'hand-over') runner.handOver();
    else await backend.eventLog.append(task, { type: 'canceling', requestedBy: 'ada' });
    const outcome = how === 'hand-over' ? 'hand-over' : 'finished';
    expect(await Promise.race([run, delay(10_000, 'still running', { ref: false })])).toBe(outcome);
    expect((await typesOf(task)).at(-1)).toBe(how === 'hand-over' ? 'retrying' : 'canceled');
  });

  it('starts no thread when its signal has aborted already', async () => {
    const reason = new Error('canceled');
    const ctx = { ...context(), signal: AbortSignal.abort(reason) };
    await expect(burn.run(ctx, { seconds: 3_600 })).rejects.toBe(reason);
  });

  it('fails for good when it takes more memory than it may', async () => {
    const small = inThread(kind, { thread, memoryMiB: 4 });
    await expect(small.run(context(), { seconds: 0.1 })).rejects.toMatchObject({
      code: 'OUT_OF_MEMORY',
      permanent: true,
    });
  });

  it('fails, and may be tried again, when its thread dies of another cause', async () => {
    const ctx = { ...context(), attempt: -1 };
    const error: unknown = await burn.run(ctx, { seconds: 0.1 }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'THREAD_CRASHED', permanent: false });
    expect(error).toHaveProperty('cause.stack', expect.stringContaining('attempt'));
  });
});

describe('the memory limit of a thread', () => {
  it.each([0, -5, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('cannot be %s MiB', (memoryMiB) => {
    expect(() => inThread(kind, { thread, memoryMiB })).toThrow('memoryMiB must be a whole number from 1 on');
  });
});

describe('the check of a handler in a thread', () => {
  const folder = useTemporaryFolder('thread-check');

  /** Checks a module of this script. */
  async function check(script: string, loadMs?: number): Promise<void> {
    const module = join(folder.path, 'module.mjs');
    await writeFile(module, script);
    await inThread(kind, { thread: pathToFileURL(module) }, loadMs).check();
  }

  it.each([
    ['never ends', 'while (true);'],
    ['waits for ever', 'await new Promise(() => undefined);'],
  ])('fails for a module that %s', async (_how, script) => {
    await expect(check(script, 1_000)).rejects.toThrow('did not load within 1 s');
  });

  it.each([
    ['ends its process', 'process.exit(0);', 'ended unexpectedly'],
    ['is no JavaScript', 'export default {', 'Unexpected'],
    ['throws', 'throw new Error("no license")', 'no license'],
    ['exports nothing', '', 'must have a threadHandler(…) as its default export'],
  ])('fails for a module that %s', async (_how, script, reason) => {
    await expect(check(script)).rejects.toThrow(reason);
  });
});

describe('the end of a handler in a thread', () => {
  const folder = useTemporaryFolder('thread-end');

  /** Runs a handler of this script. */
  async function run(script: string): Promise<unknown> {
    const module = join(folder.path, `${randomUUID()}.mjs`);
    await writeFile(
      module,
      `export default { task: { kind: '${kind}', stages: [] }, run: async () => { ${script} } };`,
    );
    return inThread(kind, { thread: pathToFileURL(module) }).run(context(), {});
  }

  it('is a failure for good if the result cannot leave the thread', async () => {
    const failed = run('return { rounds: () => 1 };');
    await expect(failed).rejects.toMatchObject({ code: 'OUTPUT_INVALID', permanent: true });
  });

  it.each([
    ['nothing', 'throw undefined;', 'undefined'],
    ['a symbol', 'throw Symbol("thrown");', 'Symbol(thrown)'],
    ['an error whose message is a number', 'throw Object.assign(new Error("e"), { message: 5 });', 'cannot be read'],
    ['an object without a prototype', 'throw Object.create(null);', 'cannot be read'],
    [
      'a Proxy that throws',
      'throw new Proxy(new Error("e"), { getPrototypeOf: () => { throw 1; } });',
      'cannot be read',
    ],
  ])('is an unexpected failure of the handler if it throws %s', async (_what, script, message) => {
    const failed = run(script);
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.not.toHaveProperty('code');
  });
});

const burn = inThread(kind, { thread });
/** The context of a task in which nothing is to be written. */
function context(): UntypedContext {
  const unused = () => Promise.reject(new Error('not to be called'));
  const { signal } = new AbortController();
  return {
    taskId: 't',
    ownerId: 'o',
    attempt: 1,
    signal,
    log: unused,
    channel: () => ({ send: unused }),
    openUpload: unused,
    stage: unused,
  };
}
