import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { defineTask, latest, list, upload, uploadIdSchema } from '@taskwire/tasks';
import { handle, PermanentTaskError, TaskError, type Handler } from '@taskwire/worker';
import { afterEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import * as z from 'zod';
import { runTask, startTask, testUpload } from '../index.ts';

const countLetters = defineTask({
  kind: 'letters.count',
  input: z.object({ file: upload({ accept: ['text/plain'] }), pauseMs: z.int().default(60_000) }),
  output: z.object({ letters: z.int() }),
  stages: [
    { name: 'read', weight: 1, result: z.object({ text: z.string() }) },
    { name: 'count', weight: 9 },
  ],
  channels: { last: latest(z.string()), seen: list(z.string(), { keep: 2 }) },
  retry: { attempts: 3, backoffMs: 10_000 },
  timeoutMs: 3_600_000,
});
type Count = Handler<typeof countLetters>;

const work: Count = async (ctx, { file, pauseMs }) => {
  const { text } = await ctx.stage('read', async () => {
    const opened = await ctx.openUpload(file);
    return { text: new TextDecoder().decode(await opened.bytes()) };
  });
  return ctx.stage('count', async (stage) => {
    for (const [index, letter] of text.split('').entries()) {
      await delay(pauseMs, undefined, { signal: stage.signal });
      await ctx.channel('last').send(letter);
      await ctx.channel('seen').send(letter);
      await stage.progress(index + 1, text.length, letter);
    }
    return { letters: text.length };
  });
};
const handler = handle(countLetters, work);
const failing = (run: Count) => handle(countLetters, run);

afterEach(() => {
  vi.useRealTimers();
});

describe('runTask', () => {
  it('runs a task of minutes at once: events, state, channels and output', async () => {
    const begun = process.hrtime.bigint();
    const run = await runTask(handler, { file: testUpload('abc') });
    expect(run.output).toEqual({ letters: 3 });
    expect(run.state).toMatchObject({ status: 'done', percent: 100, channels: { last: 'c', seen: ['b', 'c'] } });
    expect(run.events.map(({ seq }) => seq)).toEqual(run.events.map((_, index) => index + 1));
    const done = run.events.at(-1);
    expect(done).toMatchObject({ type: 'done' });
    expect(done?.type === 'done' ? done.durationMs : 0).toBeGreaterThanOrEqual(180_000);
    expect(Number(process.hrtime.bigint() - begun) / 1e9).toBeLessThan(60);
    expectTypeOf(run.output).toEqualTypeOf<{ letters: number } | undefined>();
  });

  it('gives the process its clock back', async () => {
    const before = Date.now();
    await runTask(handler, { file: testUpload('abc') });
    expect(Date.now() - before).toBeLessThan(60_000);
    await delay(1);
  });

  it('tries again with the backoff of the kind, without the finished stages', async () => {
    const texts: string[] = [];
    const run = await runTask(
      failing(async (ctx, input) => {
        const { text } = await ctx.stage('read', async () => {
          texts.push('read');
          return { text: 'x' };
        });
        if (ctx.attempt < 3) throw new TaskError('NOT_YET', 'not yet');
        return { letters: text.length + input.pauseMs };
      }),
      { file: testUpload('x'), pauseMs: 4 },
    );
    expect(texts).toEqual(['read']);
    expect(run.output).toEqual({ letters: 5 });
    const retries = run.events.flatMap((event) => (event.type === 'retrying' ? [event.delayMs] : []));
    expect(retries).toEqual([10_000, 20_000]);
    const times = run.events.flatMap((event) => (event.type === 'started' ? [event.at] : []));
    expect(times.map((at) => at - (times[0] ?? 0))).toEqual([0, 10_000, 30_000]);
  });

  it('ends a task whose tries are used up in its last failure, and keeps what its owner does not see', async () => {
    const secret = new Error('password of the database');
    const run = await runTask(
      failing(() => Promise.reject(secret)),
      { file: testUpload('x') },
    );
    expect(run.state).toMatchObject({ status: 'error', attempt: 3, error: { code: 'HANDLER_FAILED' } });
    expect(run.output).toBeUndefined();
    expect(run.hiddenErrors).toEqual([secret, secret, secret]);
    expect(JSON.stringify(run.events)).not.toContain('password');
  });

  it('does not try again after a permanent failure', async () => {
    const run = await runTask(
      failing(() => Promise.reject(new PermanentTaskError('NO_TEXT', 'choose another file'))),
      { file: testUpload('x') },
    );
    expect(run.state).toMatchObject({ status: 'error', attempt: 1, error: { code: 'NO_TEXT' } });
  });

  it('cancels when the test says so', async () => {
    const run = await runTask(handler, { file: testUpload('abcdef') }, { cancelWhen: (state) => state.percent > 40 });
    expect(run.state.status).toBe('canceled');
    expect(run.events.map(({ type }) => type).slice(-2)).toEqual(['canceling', 'canceled']);
  });

  it('ends a task at its time limit, over all attempts', async () => {
    const run = await runTask(handler, { file: testUpload('abcdef') }, { timeoutMs: 150_000 });
    expect(run.state).toMatchObject({ status: 'error', error: { code: 'TIMEOUT' } });
    expect(run.state.channels.seen).toEqual(['a', 'b']);
  });

  it('refuses an input as a server does, naming the field', async () => {
    await expect(runTask(handler, { file: 'no-id' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      fields: [{ path: 'input.file' }],
    });
  });

  it('opens no upload that the input does not name', async () => {
    const other = uploadIdSchema.parse(testUpload('other'));
    const run = await runTask(
      failing(async (ctx) => {
        await ctx.openUpload(other);
        return { letters: 0 };
      }),
      { file: testUpload('x') },
    );
    expect(run.state).toMatchObject({ status: 'error', error: { code: 'UPLOAD_UNDECLARED' } });
  });

  it.each([
    ['a file', () => readFile(process.execPath).then(({ length }) => length)],
    ['a process', () => promisify(execFile)('sleep', ['0.2']).then(() => 1)],
  ])('does not let time pass while the handler waits for %s: a time-out beside it does not fire', async (_, wait) => {
    const run = await runTask(
      failing(async () => {
        const heartbeat = setInterval(() => undefined, 1_000);
        const letters = await Promise.race([wait(), delay(30_000).then(() => -1)]);
        clearInterval(heartbeat);
        return { letters };
      }),
      { file: testUpload('x') },
    );
    expect(run.output?.letters).toBeGreaterThan(0);
  });

  it('lets time pass again for a connection that stays open', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const socket = connect(typeof address === 'object' ? (address?.port ?? 0) : 0, '127.0.0.1');
    const run = await runTask(handler, { file: testUpload('ab') });
    socket.destroy();
    server.close();
    expect(run.output).toEqual({ letters: 2 });
  });

  it('says what to do about a handler that waits for nothing, before a test of vitest ends by default', async () => {
    const never = failing(() => new Promise(() => undefined));
    const run = runTask(never, { file: testUpload('x') }, { timeoutMs: 500 });
    await expect(run).rejects.toThrow('waited for 3 s of real time for something that is not on the clock');
  });

  it('waits longer for a handler that has something open', async () => {
    const run = await runTask(
      failing(() => promisify(execFile)('sleep', ['3.3']).then(() => ({ letters: 1 }))),
      { file: testUpload('x') },
    );
    expect(run.output).toEqual({ letters: 1 });
  });

  it('says what to do if another virtual clock is installed', async () => {
    vi.useFakeTimers();
    await expect(runTask(handler, { file: testUpload('x') })).rejects.toThrow('vi.useRealTimers()');
  });

  it('says what to do if another task holds the clock, and does that one no harm', async () => {
    const first = startTask(handler, { file: testUpload('x') });
    await expect(runTask(handler, { file: testUpload('y') })).rejects.toThrow(
      'finish() or stop() each task of startTask(), even if its test fails: onTestFinished(() => task.stop())',
    );
    expect((await first.finish()).output).toEqual({ letters: 1 });
    expect((await runTask(handler, { file: testUpload('yz') })).output).toEqual({ letters: 2 });
  });
});

describe('startTask', () => {
  describe('in a test that fails before finish()', () => {
    it.fails('gives the clock back by onTestFinished', ({ onTestFinished }) => {
      const task = startTask(handler, { file: testUpload('x') });
      onTestFinished(() => task.stop());
      expect(task.state.status).toBe('done');
    });

    it('so that the next test runs its task', async () => {
      expect((await runTask(handler, { file: testUpload('x') })).state.status).toBe('done');
    });
  });

  it('lets the test look at the state between two steps of time', async () => {
    const task = startTask(handler, { file: testUpload('ab') });
    await task.advance(59_000);
    expect(task.state).toMatchObject({ status: 'running', channels: { seen: [] } });
    await task.advance(2_000);
    expect(task.state.channels.last).toBe('a');
    task.cancel();
    expect((await task.finish()).state.status).toBe('canceled');
  });

  it('reaches the time limit of a handler that waits for nothing', async () => {
    const task = startTask(
      failing(() => new Promise(() => undefined)),
      { file: testUpload('x') },
    );
    await task.advance(3_600_000 + 5_000);
    expect((await task.finish()).state).toMatchObject({ status: 'error', error: { code: 'TIMEOUT' } });
  });
});
