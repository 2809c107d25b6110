import { initialTaskState, textProblem, type TaskEventDraft } from '@taskwire/protocol';
import { describe, expect, it } from 'vitest';
import { readTask } from '../testing/test-tasks.ts';
import { createTaskContext, type ContextDependencies } from './create-task-context.ts';
import { Journal } from './journal.ts';
import type { StageContext, TaskContext } from './task-context.ts';
import { typedContext } from './type-assertions.ts';

const { kind } = readTask;
type Context = TaskContext<typeof readTask>;
const createContext = (dependencies: ContextDependencies) =>
  typedContext<typeof readTask>(createTaskContext(readTask, dependencies));

/** Runs a handler in memory, and gives everything that it has written. */
async function written(work: (ctx: Context) => Promise<unknown>): Promise<TaskEventDraft[]> {
  const drafts: TaskEventDraft[] = [];
  const append = (batch: readonly TaskEventDraft[]) => {
    drafts.push(...batch);
    return Promise.resolve({ canceling: false });
  };
  const journal = new Journal({ append }, { onCanceling: () => undefined, onFailure: () => undefined });
  const state = initialTaskState({ taskId: 't', projectId: 'p', kind });
  const results = { recall: () => undefined, remember: () => Promise.resolve() };
  const { signal } = new AbortController();
  const stageEnded = () => undefined;
  const openUpload = () => Promise.reject(new Error('there are no uploads'));
  try {
    await work(createContext({ ownerId: 'o', attempt: 1, signal, journal, state, results, stageEnded, openUpload }));
  } finally {
    await journal.flush();
    journal.close();
  }
  return drafts;
}

/** The events of one stage, without those that every stage has. */
async function inStage(work: (stage: StageContext, ctx: Context) => Promise<unknown>): Promise<TaskEventDraft[]> {
  const drafts = await written((ctx) => ctx.stage('index', (stage) => work(stage, ctx)));
  return drafts.filter(({ type }) => type !== 'stage');
}

/** Calls a method as code does that the compiler does not check. */
function call(target: object, method: string, ...given: unknown[]): Promise<unknown> {
  const found: unknown = Reflect.get(target, method);
  if (typeof found !== 'function') throw new Error(`there is no ${method}`);
  return Promise.resolve(Reflect.apply(found, target, given));
}

const throwing = () => {
  throw new Error('a method of the argument was called');
};
/** Values that JavaScript lets a handler give for a text. */
const noTexts: [string, unknown][] = [
  ['null', null],
  ['a number', 3],
  ['an object', {}],
  ['a text object', Object('x')],
  ['an object with toJSON', { toJSON: () => 'x' }],
  ['an object whose methods throw', { toString: throwing, toJSON: throwing, [Symbol.toPrimitive]: throwing }],
  ['a symbol', Symbol('x')],
  ['half of a surrogate pair', 'page \ud83d!'],
  ['NUL', 'page \0'],
];

describe('the arguments of a handler are checked at the call', () => {
  it('refuses the null of JSON for the name of an item, naming it', async () => {
    const { name }: { name: string } = JSON.parse('{"name":null}');
    const refused = inStage((stage) => stage.progress(1, 2, name));
    await expect(refused).rejects.toThrow(new TypeError('progress: itemName must be a string, not null'));
  });

  it.each(noTexts)('refuses %s for a text, naming the argument, and writes nothing', async (_what, value) => {
    const events = await inStage(async (stage, ctx) => {
      await expect(call(stage, 'progress', 1, 2, value)).rejects.toThrow(/^progress: itemName /);
      await expect(call(stage, 'token', value)).rejects.toThrow(/^token: text /);
      await expect(call(stage, 'log', 'info', value)).rejects.toThrow(/^log: message /);
      await expect(call(ctx, 'log', 'info', value)).rejects.toThrow(TypeError);
      await expect(call(ctx, 'stage', value, () => Promise.resolve())).rejects.toThrow(/^stage: name/);
    });
    expect(events).toEqual([]);
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY, '3', null, undefined, 3n, { valueOf: throwing }, [3]])(
    'refuses %o for an amount, naming the argument',
    async (value) => {
      const events = await inStage(async (stage) => {
        await expect(call(stage, 'progress', value, 2)).rejects.toThrow(
          /^progress: current must be a number from 0 on/,
        );
        await expect(call(stage, 'progress', 1, value)).rejects.toThrow(/^progress: total must be a number from 0 on/);
      });
      expect(events).toEqual([]);
    },
  );

  it.each<{ level: unknown }>([
    { level: 'fatal' },
    { level: null },
    { level: 1 },
    { level: {} },
    { level: { toString: throwing } },
  ])('refuses $level for a level', async ({ level }) => {
    await inStage((stage) =>
      expect(call(stage, 'log', level, 'x')).rejects.toThrow(/^log: level must be one of debug, /),
    );
  });

  it('refuses a text beyond its limit, and says the limit', async () => {
    const long = (length: number) => 'x'.repeat(length);
    const events = await inStage(async (stage) => {
      await expect(stage.progress(1, 2, long(1_001))).rejects.toThrow('at most 1,000 characters, not 1001');
      await expect(stage.log('info', long(65_537))).rejects.toThrow('at most 65,536 characters');
      await expect(stage.token(long(1_000_001))).rejects.toThrow('at most 1,000,000 characters');
      await stage.progress(1, 2, long(1_000));
    });
    expect(events).toHaveLength(1);
  });

  it.each([
    [undefined, undefined],
    ['run', undefined],
    [() => Promise.resolve(), null],
  ])('refuses a stage with %o for its work and %o beside it', async (run, remembered) => {
    await written((ctx) => expect(call(ctx, 'stage', 'index', run, remembered)).rejects.toThrow(/^stage: /));
  });

  it("rejects with the error of an argument's getter", async () => {
    const remembered = Object.defineProperty({}, 'usable', { get: throwing, enumerable: true });
    const run = () => Promise.resolve();
    await written((ctx) => expect(call(ctx, 'stage', 'index', run, remembered)).rejects.toThrow('was called'));
  });

  it('a refused call that is not awaited does not end the process', async () => {
    const unhandled: unknown[] = [];
    const take = (error: unknown) => unhandled.push(error);
    process.on('unhandledRejection', take);
    try {
      const events = await inStage(async (stage, ctx) => {
        void call(stage, 'progress', 1, 2, null);
        void call(stage, 'token', null);
        void call(stage, 'log', 'info', null);
        void call(ctx, 'log', 'info', null);
        void call(ctx, 'stage', 'no such stage', () => Promise.resolve());
        void call(ctx, 'stage', 'chunk', () => Promise.reject(new Error('not awaited')));
        await new Promise((resolve) => setImmediate(resolve));
        await stage.token('after');
      });
      expect(events).toMatchObject([{ type: 'token', text: 'after', offset: 0 }]);
      expect(unhandled).toEqual([]);
    } finally {
      process.off('unhandledRejection', take);
    }
  });
});

describe('a text that is cut inside a character', () => {
  it('is written whole: the first half waits for the second', async () => {
    const events = await inStage(async (stage) => {
      for (const text of ['a', '\ud83d', '\ude00', 'b\ud83d', '', '\ude00c']) await stage.token(text);
    });
    const texts = events.map((event) => (event.type === 'token' ? event.text : ''));
    expect(texts.join('')).toBe('a\u{1f600}b\u{1f600}c');
    expect(events.every((event) => event.type === 'token' && textProblem(event.text) === undefined)).toBe(true);
    expect(events.map((event) => (event.type === 'token' ? event.offset : -1))).toEqual(
      texts.map((_text, index) => texts.slice(0, index).join('').length),
    );
  });

  it('refuses a text that does not continue the waiting half, and takes the next one', async () => {
    const events = await inStage(async (stage) => {
      await stage.token('a\ud83d');
      await expect(stage.token('b')).rejects.toThrow('well-formed');
      await expect(stage.token('\udeed\udeed')).rejects.toThrow('well-formed');
      await stage.token('\ude00');
    });
    expect(events.map((event) => (event.type === 'token' ? event.text : '')).join('')).toBe('a\u{1f600}');
  });
});
