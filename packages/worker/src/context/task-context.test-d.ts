import type { StageResultOf } from '@taskwire/tasks';
import { expectTypeOf, test } from 'vitest';
import type { TaskContext } from './task-context.ts';

declare const ctx: TaskContext<'document.ingest'>;

test('a stage with a result schema must return what the schema takes, and gives what it gives', () => {
  const parsed = { pages: 1, characters: 2, sections: 3 };
  expectTypeOf(ctx.stage('parse', () => Promise.resolve(parsed))).resolves.toEqualTypeOf<
    StageResultOf<'document.ingest', 'parse'>
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
