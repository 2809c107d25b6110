import type { TaskwireClientError } from '@taskwire/client';
import { expectTypeOf, test } from 'vitest';
import { trpc, useCreateTask, useTask } from './index.ts';

/** The input of `document.ingest` according to its definition. */
interface IngestInput {
  uploadId: string;
  chunkSize?: number | undefined;
  overlap?: number;
  replaces?: string;
}

test('a task of a known kind has that kind’s output', () => {
  const useWatch = () => useTask('task', { kind: 'demo.count' }).state?.output;
  expectTypeOf(useWatch).returns.toEqualTypeOf<{ counted: number } | undefined>();
});

test('the kind of a task narrows its output', () => {
  const useWatch = () => {
    const { state } = useTask('task');
    return state?.kind === 'document.ingest' ? state.output?.pages : undefined;
  };
  expectTypeOf(useWatch).returns.toEqualTypeOf<number | undefined>();
});

test('a creation accepts only the input of its kind', () => {
  type Create = ReturnType<typeof useCreateTask<'document.ingest'>>;
  expectTypeOf<Parameters<Create['create']>[0]>().toEqualTypeOf<IngestInput>();
  expectTypeOf<Create['error']>().toEqualTypeOf<TaskwireClientError | undefined>();
  // @ts-expect-error a kind that does not exist
  expectTypeOf(useCreateTask).toBeCallableWith('document.shred');
});

test('the router’s hooks are those of AppRouter', () => {
  expectTypeOf(trpc.document.search.useQuery).parameter(0).toExtend<object | symbol>();
  expectTypeOf(trpc).not.toHaveProperty('nothing');
});
