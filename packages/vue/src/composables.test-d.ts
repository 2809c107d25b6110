import { expectTypeOf, test } from 'vitest';
import { useCreateTask, useTask } from './index.ts';

/** The input of `document.ingest` according to its definition. */
interface IngestInput {
  uploadId: string;
  chunkSize?: number | undefined;
  overlap?: number;
  replaces?: string;
}

test('a task of a known kind has that kind’s output', () => {
  const watch = () => useTask('task', { kind: 'demo.count' }).view.value.state?.output;
  expectTypeOf(watch).returns.toEqualTypeOf<{ counted: number } | undefined>();
});

test('the kind of a task narrows its output', () => {
  const watch = () => {
    const { state } = useTask(() => 'task').view.value;
    return state?.kind === 'document.ingest' ? state.output?.pages : undefined;
  };
  expectTypeOf(watch).returns.toEqualTypeOf<number | undefined>();
});

test('a creation accepts only the input of its kind', () => {
  type Create = ReturnType<typeof useCreateTask<'document.ingest'>>['create'];
  expectTypeOf<Parameters<Create>[0]>().toEqualTypeOf<IngestInput>();
  // @ts-expect-error a kind that does not exist
  expectTypeOf(useCreateTask).toBeCallableWith('document.shred');
});
