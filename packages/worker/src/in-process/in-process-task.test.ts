import { setTimeout as delay } from 'node:timers/promises';
import { defineTask, latest, list, type TaskInput } from '@taskwire/tasks';
import type { TaskEvent } from '@taskwire/protocol';
import { UploadStorageError } from '@taskwire/uploads';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Handler } from '../context/handler.ts';
import { handle } from '../handle.ts';
import { PermanentTaskError, TaskError } from '../task-error.ts';
import { createRunner, createTask, jobOf, readEvents, useTestBackend } from '../testing/test-backend.ts';
import { InProcessTask } from './in-process-task.ts';

const noteTask = defineTask({
  kind: 'note.write',
  input: z.object({ notes: z.array(z.json()) }),
  output: z.object({ written: z.int() }),
  stages: [
    { name: 'read', weight: 1, result: z.json() },
    { name: 'write', weight: 3 },
  ],
  channels: { last: latest(z.json()), all: list(z.string(), { keep: 2 }) },
  retry: { attempts: 2, backoffMs: 20 },
});
type Note = Handler<typeof noteTask>;

const backend = useTestBackend();

/** Runs a task as a test does. */
function inProcess(handler: Note, changed: { timeoutMs?: number; onFailure?: (error: unknown) => void } = {}) {
  return new InProcessTask({
    handler: handle(noteTask, handler),
    ...{ taskId: 't', projectId: 'p', ownerId: 'ada', input: { notes: ['a'] }, priority: 5 },
    ...{ timeoutMs: 60_000, cancelGraceMs: 1_000 },
    uploads: {
      openerFor: () => ({ open: () => Promise.reject(new Error('not to be called')), close: () => undefined }),
    },
    ...changed,
  });
}

/** Runs a task as a worker does, without the pauses. */
async function inWorker(handler: Note, input: TaskInput<typeof noteTask> = { notes: ['a'] }): Promise<TaskEvent[]> {
  const task = await createTask(backend, noteTask, { notes: [...input.notes] });
  const runner = createRunner(backend, { handlers: [handle(noteTask, handler)] });
  const { attempts, backoffMs } = noteTask.retry;
  for (let failed = 0; ;) {
    const job = { ...jobOf(task, noteTask.kind, attempts - 1 - failed), retryDelayMs: backoffMs * 2 ** failed };
    const outcome = await runner.run(job);
    if (outcome === 'finished') return readEvents(backend, task);
    if (outcome === 'retry') failed += 1;
  }
}

/** The parts of an event that do not depend on when and where it was written. */
function withoutPlace(events: readonly TaskEvent[]) {
  return events.map((event) => {
    const { taskId: _task, projectId: _project, at: _at, ...rest } = event;
    return {
      ...rest,
      ...('workerId' in rest ? { workerId: '' } : {}),
      ...('durationMs' in rest ? { durationMs: 0 } : {}),
    };
  });
}

const HANDLERS: readonly (readonly [string, Note])[] = [
  [
    'stages, tokens, progress and channels',
    async (ctx) => {
      await ctx.stage('read', async (stage) => {
        await stage.token('a');
        await stage.log('info', 'read');
        return { a: [1, null] };
      });
      return ctx.stage('write', async (stage) => {
        await stage.progress(1, 2, 'one');
        await ctx.channel('last').send({ a: 1 });
        for (const note of ['a', 'b', 'c']) await ctx.channel('all').send(note);
        return { written: 3 };
      });
    },
  ],
  [
    'a failure of the first attempt after a stage',
    async (ctx) => {
      await ctx.stage('read', async () => 1);
      if (ctx.attempt === 1) throw new TaskError('NOT_YET', 'not yet');
      return { written: ctx.attempt };
    },
  ],
  ['failures until no try is left', () => Promise.reject(new Error('secret'))],
  ['a failure for good', () => Promise.reject(new PermanentTaskError('NO_TEXT', 'choose another file'))],
  ['a result that does not fit', async () => ({ written: 1.5 })],
  [
    'a stage that fails, and one that does not exist',
    async (ctx) => {
      await ctx.stage('write', () => Promise.reject(new TaskError('BROKEN', 'broken')));
      return { written: 0 };
    },
  ],
  [
    'a storage of uploads that is away twice, which uses up no try',
    async (ctx) => {
      if (ctx.attempt <= 2) throw new UploadStorageError('unavailable', 'the storage is away');
      if (ctx.attempt === 3) throw new TaskError('NOT_YET', 'not yet');
      return { written: ctx.attempt };
    },
  ],
];

describe('a task in this process', () => {
  it.each(HANDLERS)(
    'has the events of a worker: %s',
    async (_what, handler) => {
      const expected = withoutPlace(await inWorker(handler));
      const task = inProcess(handler);
      await task.run();
      expect(withoutPlace(task.events)).toEqual(expected);
    },
    60_000,
  );

  it('gives each attempt its own input and its own remembered results, which a handler may change', async () => {
    const seen: unknown[] = [];
    const task = inProcess(async (ctx, input) => {
      const [note] = input.notes;
      const result = await ctx.stage('read', async () => ({ list: ['b'] }));
      seen.push(structuredClone([note, result]));
      input.notes.push('changed');
      if (typeof result === 'object' && result !== null) Object.assign(result, { changed: true });
      if (ctx.attempt === 1) throw new TaskError('NOT_YET', 'not yet');
      return { written: input.notes.length };
    });
    const { state } = await task.run();
    expect(seen).toEqual([
      ['a', { list: ['b'] }],
      ['a', { list: ['b'] }],
    ]);
    expect(state.output).toEqual({ written: 2 });
  });

  it('begins no handler once its time limit is over', async () => {
    let calls = 0;
    const task = inProcess(
      async () => {
        calls += 1;
        await delay(30);
        throw new TaskError('NOT_YET', 'not yet');
      },
      { timeoutMs: 40 },
    );
    const { state } = await task.run();
    expect(state).toMatchObject({ status: 'error', error: { code: 'TIMEOUT' } });
    expect(calls).toBe(1);
  });
});
