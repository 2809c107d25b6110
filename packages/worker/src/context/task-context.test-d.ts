import type { StageResultOf } from '@taskwire/tasks';
import { expectTypeOf, test } from 'vitest';
import { handle } from '../handle.ts';
import { countTask, readTask, type textTask } from '../testing/test-tasks.ts';
import { threadHandler } from '../thread.ts';
import type { TaskHandler } from './handler.ts';
import type { TaskContext } from './task-context.ts';

declare const ctx: TaskContext<typeof readTask>;

test('a stage with a result schema must return what the schema takes, and gives what it gives', () => {
  const parsed = { pages: 1, characters: 2, sections: 3 };
  expectTypeOf(ctx.stage('parse', () => Promise.resolve(parsed))).resolves.toEqualTypeOf<
    StageResultOf<typeof readTask, 'parse'>
  >();
  // @ts-expect-error a field is missing: change a result schema, and its handler no longer compiles
  void ctx.stage('parse', () => Promise.resolve({ pages: 1, characters: 2 }));
  // @ts-expect-error a field has another type
  void ctx.stage('chunk', () => Promise.resolve({ chunks: 'many' }));
  void ctx.stage('parse', () => Promise.resolve(parsed), { usable: async (result) => result.sections > 0 });
});

test('a stage without one may return anything', () => {
  expectTypeOf(ctx.stage('index', () => Promise.resolve('x'))).resolves.toEqualTypeOf<string>();
  // @ts-expect-error there is no such stage
  void ctx.stage('no-such', () => Promise.resolve());
});

test('only a stage with a result schema asks whether its result is usable', () => {
  // @ts-expect-error the results of this stage are not remembered
  void ctx.stage('index', () => Promise.resolve('x'), { usable: () => Promise.resolve(true) });
});

test('a channel takes the values of its schema, and only a list an index', () => {
  void ctx.channel('preview').send({ width: 7 });
  void ctx.channel('notes').send('a');
  void ctx.channel('notes').send('a', { index: 0 });
  // @ts-expect-error a field has another type
  void ctx.channel('preview').send({ width: 'wide' });
  // @ts-expect-error an item has another type
  void ctx.channel('notes').send(7);
  // @ts-expect-error only a list has an index
  void ctx.channel('preview').send({ width: 7 }, { index: 0 });
  // @ts-expect-error there is no such channel
  void ctx.channel('peview').send({ width: 7 });
});

test('handle gives a handler the input of its kind, with defaults, and takes its output only', () => {
  const count = handle(countTask, async (context, input) => {
    expectTypeOf(context).toEqualTypeOf<TaskContext<typeof countTask>>();
    expectTypeOf(input.to).toEqualTypeOf<number>();
    return context.stage('count', () => Promise.resolve({ counted: input.to }));
  });
  expectTypeOf(count).toEqualTypeOf<TaskHandler<typeof countTask>>();
  expectTypeOf(count).toExtend<TaskHandler>();
  // @ts-expect-error the output has another field
  handle(countTask, () => Promise.resolve({ sum: 1 }));
  // @ts-expect-error the output has another type
  handle(countTask, () => Promise.resolve({ counted: 'many' }));
  // @ts-expect-error the kind has no such stage
  handle(countTask, async (context) => context.stage('sum', () => Promise.resolve({ counted: 1 })));
  // @ts-expect-error the input has no such field
  handle(countTask, (_context, input) => Promise.resolve({ counted: input.from }));
  // @ts-expect-error a handler is not for another kind
  expectTypeOf(count).toExtend<TaskHandler<typeof textTask>>();
});

test('a handler in a thread has the same types', () => {
  const read = threadHandler(readTask, async (context, { file }) => {
    const opened = await context.openUpload(file);
    return { bytes: opened.sizeBytes };
  });
  expectTypeOf(read).toEqualTypeOf<TaskHandler<typeof readTask>>();
  expectTypeOf(handle(readTask, { thread: new URL('file:///read.ts') })).toEqualTypeOf<TaskHandler<typeof readTask>>();
  // @ts-expect-error the module of a thread is a URL
  handle(readTask, { thread: './read.ts' });
});
