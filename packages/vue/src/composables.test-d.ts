import { taskKind, type TaskwireClientError } from '@taskwire/client';
import { countTask, resizeTask } from '@taskwire/client/testing';
import { expectTypeOf, test } from 'vitest';
import { ref } from 'vue';
// The types of the component's events, which vue-tsc checks.
import './SSEStreamViewer.test-d.vue';
import { useCreateTask, useTask, type CreateTask, type LiveTask } from './index.ts';

type Resize = typeof resizeTask;

test('a task has the state, channels and output of its definition', () => {
  const watch = () => useTask(resizeTask, 'task');
  type Watched = LiveTask<Resize>;
  expectTypeOf(watch).returns.toEqualTypeOf<Watched>();
  expectTypeOf<Watched['output']['value']>().toEqualTypeOf<{ files: string[] } | undefined>();
  expectTypeOf<Watched['channels']['value']['preview']>().toEqualTypeOf<{ width: number; url: string } | undefined>();
  expectTypeOf<Watched['channels']['value']>().not.toHaveProperty('peview');
  expectTypeOf<NonNullable<Watched['state']['value']>['kind']>().toEqualTypeOf<'image.resize'>();
});

test('a task may have no id yet', () => {
  const id = ref<string>();
  const watch = () => [useTask(resizeTask, id), useTask(resizeTask, () => id.value), useTask(resizeTask, undefined)];
  expectTypeOf(watch).returns.toEqualTypeOf<LiveTask<Resize>[]>();
  const watchAny = () => useTask(id);
  expectTypeOf(watchAny).returns.toEqualTypeOf<LiveTask>();
});

test('the name of a kind is enough, if the definition is imported as a type', () => {
  const watch = () => useTask(taskKind<Resize>('image.resize'), () => 'task', { enabled: false }).output.value?.files;
  expectTypeOf(watch).returns.toEqualTypeOf<string[] | undefined>();
});

test('with a list, the kind of a task narrows its output', () => {
  const watch = () => {
    const { state } = useTask([resizeTask, countTask], () => 'task');
    return state.value?.kind === 'demo.count' ? state.value.output?.counted : undefined;
  };
  expectTypeOf(watch).returns.toEqualTypeOf<number | undefined>();
});

test('without a kind, the output is unknown', () => {
  const watch = () => useTask(() => 'task').output.value;
  expectTypeOf(watch).returns.toBeUnknown();
});

test('a creation accepts only the input of its kind', () => {
  type Create = CreateTask<Resize>;
  expectTypeOf<Parameters<Create['create']>[0]>().toEqualTypeOf<{ image: string; widths: number[] }>();
  expectTypeOf<Create['error']['value']>().toEqualTypeOf<TaskwireClientError | undefined>();
  // @ts-expect-error a kind is named by its definition, or by taskKind
  expectTypeOf(useCreateTask).toBeCallableWith('image.resize');
});
