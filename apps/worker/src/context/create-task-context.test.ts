import { initialTaskState, reduce, type TaskEvent, type TaskEventDraft, type TaskState } from '@taskwire/protocol';
import { taskDefinitions } from '@taskwire/tasks';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTaskContext } from './create-task-context.ts';
import { Journal } from './journal.ts';
import type { TaskContext } from './task-context.ts';

const kind = 'document.ingest';
type Context = TaskContext<typeof kind>;

/** A task's log in memory: gives attempts their contexts, and keeps what they write. */
class TestTask {
  readonly events: TaskEvent[] = [];
  state: TaskState = initialTaskState({ taskId: 't', projectId: 'p', kind });
  #attempt = 0;

  constructor() {
    const stages = taskDefinitions[kind].stages.map(({ name, weight }) => ({ name, weight }));
    this.#append({ type: 'queued', kind, priority: 5, stages });
  }

  async attempt(work: (ctx: Context) => Promise<unknown>, controller = new AbortController()): Promise<void> {
    this.#attempt += 1;
    this.#append({ type: 'started', workerId: 'w' });
    const journal = new Journal(
      {
        append: (drafts) => {
          for (const draft of drafts) this.#append(draft);
          return Promise.resolve({ canceling: false });
        },
      },
      { onCanceling: () => undefined, onFailure: (error) => controller.abort(error) },
    );
    const parts = { ownerId: 'o', attempt: this.#attempt, signal: controller.signal, journal, state: this.state };
    try {
      await work(createTaskContext(kind, parts));
    } finally {
      await journal.flush();
      journal.close();
    }
  }

  #append(draft: TaskEventDraft): void {
    const event = { ...draft, taskId: 't', projectId: 'p', attempt: this.#attempt, at: 0, seq: this.events.length + 1 };
    this.events.push(event);
    this.state = reduce(this.state, event);
  }

  get types(): string[] {
    return this.events.map((event) => (event.type === 'stage' ? `${event.stage} ${event.status}` : event.type));
  }

  get percents(): number[] {
    return this.events.flatMap((event) => (event.type === 'progress' ? [event.percent] : []));
  }
}

describe('TaskContext', () => {
  it('shows a stage begin, its first and last progress, and its end', async () => {
    const task = new TestTask();
    await task.attempt((ctx) =>
      ctx.stage('parse', async (stage) => {
        for (let page = 1; page <= 1_000; page += 1) await stage.progress(page, 1_000, `page ${page}`);
      }),
    );
    const shown = task.events.flatMap((event) => (event.type === 'progress' ? [event.current] : []));
    expect(shown.at(0)).toBe(1);
    expect(shown.at(-1)).toBe(1_000);
    expect(shown.length).toBeLessThan(100);
    expect(task.types.slice(2)).toEqual(['parse running', ...shown.map(() => 'progress'), 'parse done']);
    expect(task.state.percent).toBe(60);
  });

  it('shows a stage that failed, and lets the error through', async () => {
    const task = new TestTask();
    const failure = new Error('broken');
    await expect(task.attempt((ctx) => ctx.stage('parse', () => Promise.reject(failure)))).rejects.toBe(failure);
    expect(task.types.slice(2)).toEqual(['parse running', 'parse failed']);
  });

  it('gives what a stage results in', async () => {
    const task = new TestTask();
    await task.attempt(async (ctx) => expect(await ctx.stage('parse', () => Promise.resolve(7))).toBe(7));
  });

  it('numbers tokens by their place in the text of the stage, again from 0 in a new attempt', async () => {
    const task = new TestTask();
    const write = (text: string) => async (ctx: Context) =>
      ctx.stage('parse', async (stage) => {
        for (const character of text) await stage.token(character);
      });
    await task.attempt(write('the first try'));
    await task.attempt(write('the second'));
    expect(task.state.stages[0]?.text).toBe('the second');
  });

  it('runs a stage once in an attempt', async () => {
    const task = new TestTask();
    await task.attempt(async (ctx) => {
      await ctx.stage('parse', () => Promise.resolve());
      await expect(ctx.stage('parse', () => Promise.resolve())).rejects.toThrow('has been run already');
    });
  });

  it('refuses numbers that are no progress', async () => {
    const task = new TestTask();
    await task.attempt((ctx) =>
      ctx.stage('parse', async (stage) => {
        for (const wrong of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
          await expect(stage.progress(wrong, 10)).rejects.toThrow(RangeError);
          await expect(stage.progress(1, wrong)).rejects.toThrow(RangeError);
        }
      }),
    );
  });

  it('throws the reason from every call once the signal has aborted, and calls the stage neither done nor failed', async () => {
    const task = new TestTask();
    const controller = new AbortController();
    const reason = new Error('canceled');
    const work = (ctx: Context) =>
      ctx.stage('parse', async (stage) => {
        await stage.token('kept');
        controller.abort(reason);
        for (const call of [
          () => stage.progress(1, 2),
          () => stage.token('x'),
          () => stage.log('info', 'x'),
          () => ctx.log('info', 'x'),
        ]) {
          await expect(call()).rejects.toBe(reason);
        }
      });
    await expect(task.attempt(work, controller)).rejects.toBe(reason);
    expect(task.types.slice(2)).toEqual(['parse running', 'token']);
  });

  it('never lets the percent fall, whatever attempts do and wherever they break off', async () => {
    const step = fc.record({ current: fc.nat(120), total: fc.nat(100) });
    const attempt = fc.record({
      stages: fc.uniqueArray(fc.constantFrom('parse' as const, 'chunk' as const, 'index' as const), { minLength: 1 }),
      steps: fc.array(step, { maxLength: 12 }),
      fails: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(attempt, { minLength: 1, maxLength: 4 }), async (attempts) => {
        const task = new TestTask();
        for (const { stages, steps, fails } of attempts) {
          const work = async (ctx: Context) => {
            for (const name of stages) {
              await ctx.stage(name, async (stage) => {
                for (const { current, total } of steps) await stage.progress(current, total);
                if (fails) throw new Error('broke off');
              });
            }
          };
          await task.attempt(work).catch(() => undefined);
        }
        expect(task.percents).toEqual([...task.percents].sort((left, right) => left - right));
        expect(task.percents.every((percent) => percent >= 0 && percent <= 100)).toBe(true);
        expect(task.state.percent).toBeGreaterThanOrEqual(task.percents.at(-1) ?? 0);
      }),
    );
  });
});
