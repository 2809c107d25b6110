import {
  initialTaskState,
  reduce,
  stagePlansOf,
  type TaskEvent,
  type TaskEventDraft,
  type TaskState,
} from '@taskwire/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTask } from '../testing/test-tasks.ts';
import { createTaskContext, type ContextDependencies } from './create-task-context.ts';
import { Journal } from './journal.ts';
import type { StageResults } from './run-stage.ts';
import type { StageContext, TaskContext } from './task-context.ts';
import { typedContext } from './type-assertions.ts';

const { kind } = readTask;
type Context = TaskContext<typeof readTask>;
const createContext = (dependencies: ContextDependencies) =>
  typedContext<typeof readTask>(createTaskContext(readTask, dependencies));

const parsed = { pages: 1, characters: 2, sections: 3 };

/** A task's log in memory: gives attempts their contexts, and keeps what they write. */
class TestTask {
  readonly events: TaskEvent[] = [];
  state: TaskState = initialTaskState({ taskId: 't', projectId: 'p', kind });
  /** Stored results by stage. */
  readonly results = new Map<string, unknown>();
  /** Last event of the log at each call of `stageEnded`. */
  readonly ends: string[] = [];
  #attempt = 0;

  constructor() {
    const stages = stagePlansOf(readTask.stages);
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
    const results: StageResults = {
      recall: (stage) => this.results.get(stage),
      remember: async (stage, result) => void this.results.set(stage, result),
    };
    const openUpload = () => Promise.reject(new Error('the input names no upload'));
    const stageEnded = () => this.ends.push(this.types.at(-1) ?? '');
    try {
      await work(createContext({ ...parts, results, openUpload, stageEnded }));
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
      ctx.stage('index', async (stage) => {
        for (let page = 1; page <= 1_000; page += 1) await stage.progress(page, 1_000, `page ${page}`);
      }),
    );
    const shown = task.events.flatMap((event) => (event.type === 'progress' ? [event.current] : []));
    expect(shown.at(0)).toBe(1);
    expect(shown.at(-1)).toBe(1_000);
    expect(shown.length).toBeLessThan(100);
    expect(task.types.slice(2)).toEqual(['index running', ...shown.map(() => 'progress'), 'index done']);
    expect(task.state.percent).toBe(30);
  });

  it('writes `failed` for a stage that throws, and throws its error', async () => {
    const task = new TestTask();
    const failure = new Error('broken');
    await expect(task.attempt((ctx) => ctx.stage('index', () => Promise.reject(failure)))).rejects.toBe(failure);
    expect(task.types.slice(2)).toEqual(['index running', 'index failed']);
  });

  it('returns the result of a stage', async () => {
    const task = new TestTask();
    await task.attempt(async (ctx) => expect(await ctx.stage('index', () => Promise.resolve(7))).toBe(7));
  });

  it('stores the result of a stage with a result schema, and does not run the stage again', async () => {
    const task = new TestTask();
    const broken = (ctx: Context) =>
      ctx
        .stage('parse', async (stage) => {
          await stage.progress(1, 1);
          return parsed;
        })
        .then(() => Promise.reject(new Error('broke off')));
    await expect(task.attempt(broken)).rejects.toThrow('broke off');
    const before = task.types.length;
    await task.attempt(async (ctx) => {
      expect(await ctx.stage('parse', () => Promise.reject(new Error('ran again')))).toEqual(parsed);
    });
    expect(task.types.slice(before)).toEqual(['started']);
    expect(task.ends).toEqual(['parse done']);
  });

  it('shows a stage as skipped whose result comes from another task, and counts it as done', async () => {
    const task = new TestTask();
    task.results.set('parse', parsed);
    await task.attempt((ctx) => ctx.stage('parse', () => Promise.reject(new Error('ran again'))));
    expect(task.types.slice(2)).toEqual(['parse skipped']);
    expect(task.state.stages[0]).toMatchObject({ status: 'skipped', message: 'done already in an earlier attempt' });
    expect(task.state.percent).toBe(60);
    expect(task.ends).toEqual(['parse skipped']);
  });

  it('stores a result before the log has the stage as done', async () => {
    const task = new TestTask();
    await task.attempt((ctx) => ctx.stage('parse', () => Promise.resolve(parsed)));
    const again = new TestTask();
    again.results.set = () => {
      throw new Error('PostgreSQL is away');
    };
    const failing = again.attempt((ctx) => ctx.stage('parse', () => Promise.resolve(parsed)));
    await expect(failing).rejects.toThrow('PostgreSQL is away');
    expect(task.types.at(-1)).toBe('parse done');
    expect(again.types.slice(2)).toEqual(['parse running', 'parse failed']);
  });

  it('runs a stage again if its stored result does not fit the schema any more, or cannot be used', async () => {
    for (const [stored, usable] of [
      [{ pages: 'many' }, true],
      [parsed, false],
    ] as const) {
      const task = new TestTask();
      task.results.set('parse', stored);
      const asked: unknown[] = [];
      const found = { pages: 7, characters: 8, sections: 9 };
      await task.attempt(async (ctx) => {
        const result = await ctx.stage('parse', () => Promise.resolve(found), {
          usable: async (result) => {
            asked.push(result);
            return usable;
          },
        });
        expect(result).toEqual(found);
      });
      expect(asked).toEqual(usable ? [] : [parsed]);
      expect(task.types.slice(2)).toEqual(['parse running', 'parse done']);
      expect(task.results.get('parse')).toEqual(found);
    }
  });

  it('fails for good, naming the field, when the result of a stage does not fit its schema', async () => {
    const task = new TestTask();
    const work = (ctx: Context) => ctx.stage('chunk', () => Promise.resolve({ chunks: -1 }));
    await expect(task.attempt(work)).rejects.toMatchObject({
      code: 'OUTPUT_INVALID',
      permanent: true,
      message: expect.stringContaining('result.chunks'),
    });
    expect(task.results.size).toBe(0);
    expect(task.types.at(-1)).toBe('chunk failed');
  });

  it('numbers tokens by their place in the text of the stage, again from 0 in a new attempt', async () => {
    const task = new TestTask();
    const write = (text: string) => async (ctx: Context) =>
      ctx.stage('index', async (stage) => {
        for (const character of text) await stage.token(character);
      });
    await task.attempt(write('the first try'));
    await task.attempt(write('the second'));
    expect(task.state.stages.map((stage) => stage.text)).toEqual([undefined, undefined, 'the second']);
  });

  it('runs a stage once in an attempt', async () => {
    const task = new TestTask();
    await task.attempt(async (ctx) => {
      await ctx.stage('index', () => Promise.resolve());
      await expect(ctx.stage('index', () => Promise.resolve())).rejects.toThrow('has been run already');
    });
  });

  it('refuses numbers that cannot be a progress', async () => {
    const task = new TestTask();
    await task.attempt((ctx) =>
      ctx.stage('index', async (stage) => {
        for (const wrong of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
          await expect(stage.progress(wrong, 10)).rejects.toThrow(TypeError);
          await expect(stage.progress(1, wrong)).rejects.toThrow(TypeError);
        }
      }),
    );
  });

  it('throws the reason from each call after the signal has aborted, and writes neither `done` nor `failed`', async () => {
    const task = new TestTask();
    const controller = new AbortController();
    const reason = new Error('canceled');
    const work = (ctx: Context) =>
      ctx.stage('index', async (stage) => {
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
    expect(task.types.slice(2)).toEqual(['index running', 'token']);
  });

  it('never lets the percent fall over any attempts that break off anywhere', async () => {
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
          const step = async (stage: StageContext) => {
            for (const { current, total } of steps) await stage.progress(current, total);
            if (fails) throw new Error('broke off');
          };
          const work = async (ctx: Context) => {
            for (const name of stages) {
              if (name === 'parse') await ctx.stage(name, (stage) => step(stage).then(() => parsed));
              else if (name === 'chunk') await ctx.stage(name, (stage) => step(stage).then(() => ({ chunks: 1 })));
              else await ctx.stage(name, step);
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
