import { taskKind, type AnyTaskDefinition, type AppRouter, type TaskwireClientError } from '@taskwire/client';
import { countTask, resizeTask } from '@taskwire/client/testing';
import { createTRPCReact } from '@trpc/react-query';
import { expectTypeOf, test } from 'vitest';
import { useCreateTask, useTask, useTaskwire, type CreateTask, type LiveTask } from './index.ts';

type Resize = typeof resizeTask;

test('a task has the state, stages, channels and output of its definition', () => {
  const useWatch = () => useTask(resizeTask, 'task');
  type Watched = LiveTask<Resize>;
  expectTypeOf(useWatch).returns.toEqualTypeOf<Watched>();
  expectTypeOf<Watched['output']>().toEqualTypeOf<{ files: string[] } | undefined>();
  expectTypeOf<Watched['channels']['preview']>().toEqualTypeOf<{ width: number; url: string } | undefined>();
  expectTypeOf<Watched['channels']['notes']>().toEqualTypeOf<readonly string[] | undefined>();
  expectTypeOf<Watched['channels']>().not.toHaveProperty('peview');
  expectTypeOf<Watched['stages'][number]['name']>().toEqualTypeOf<string>();
  expectTypeOf<NonNullable<Watched['state']>['kind']>().toEqualTypeOf<'image.resize'>();
});

test('a task may have no id yet', () => {
  const useWatch = (id: string | undefined) => useTask(resizeTask, id, { enabled: true });
  expectTypeOf(useWatch).returns.toEqualTypeOf<LiveTask<Resize>>();
  const useAny = (id: string | undefined) => useTask(id, { enabled: true });
  expectTypeOf(useAny).returns.toEqualTypeOf<LiveTask>();
});

test('the name of a kind is enough, if the definition is imported as a type', () => {
  const useWatch = () => useTask(taskKind<Resize>('image.resize'), 'task', { enabled: false }).output?.files;
  expectTypeOf(useWatch).returns.toEqualTypeOf<string[] | undefined>();
});

test('with a list, the kind of a task narrows its output', () => {
  const useWatch = () => {
    const { state } = useTask([resizeTask, countTask], 'task');
    return state?.kind === 'demo.count' ? state.output?.counted : undefined;
  };
  expectTypeOf(useWatch).returns.toEqualTypeOf<number | undefined>();
});

test('without a kind, the output is unknown', () => {
  const useWatch = () => useTask('task').output;
  expectTypeOf(useWatch).returns.toBeUnknown();
});

test('a creation accepts only the input of its kind', () => {
  type Create = CreateTask<Resize>;
  expectTypeOf<Parameters<Create['create']>[0]>().toEqualTypeOf<{ image: string; widths: number[] }>();
  expectTypeOf<Create['error']>().toEqualTypeOf<TaskwireClientError | undefined>();
  expectTypeOf<NonNullable<Create['data']>['kind']>().toEqualTypeOf<'image.resize'>();
  const useCreate = () => useCreateTask(resizeTask);
  expectTypeOf(useCreate).returns.toEqualTypeOf<Create>();
  expectTypeOf<CreateTask<AnyTaskDefinition>['create']>().parameter(0).toBeUnknown();
  // @ts-expect-error a kind is named by its definition, or by taskKind
  expectTypeOf(useCreateTask).toBeCallableWith('image.resize');
});

test('the router of the server types the hooks of tRPC and the client', () => {
  const trpc = createTRPCReact<AppRouter>();
  expectTypeOf(trpc.task.list.useQuery).parameter(0).toExtend<object | symbol>();
  const useClient = () => useTaskwire().trpc.task.get.query;
  expectTypeOf(useClient).returns.parameter(0).toEqualTypeOf<{ taskId: string }>();
});
