import type { TopicMessage } from '@taskwire/protocol';
import {
  createTaskCatalog,
  defineTask,
  latest,
  list,
  upload,
  type CatalogMessage,
  type TypedTaskEvent,
  type UnknownKind,
  type UploadId,
} from '@taskwire/tasks';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { expectTypeOf, test } from 'vitest';
import * as z from 'zod';
import {
  callerProcedure,
  createAppRouter,
  router,
  type AppRouter,
  type CatalogTask,
  type Page,
  type PollAnswer,
  type Task,
  type UnknownTask,
} from './index.ts';
import { MemoryPorts } from './testing/test-ports.ts';

const resizeImage = defineTask({
  kind: 'image.resize',
  input: z.object({ image: upload({ accept: ['image/png'] }), widths: z.array(z.int()), quality: z.int().default(80) }),
  output: z.object({ files: z.array(z.string()) }),
  stages: [{ name: 'resize', weight: 1 }],
  channels: { preview: latest(z.object({ width: z.int() })), notes: list(z.string(), { keep: 10 }) },
});
const countWords = defineTask({
  kind: 'words.count',
  input: z.object({ text: z.string() }),
  output: z.object({ words: z.int() }),
  stages: [{ name: 'count', weight: 1 }],
});
type Resize = typeof resizeImage;
type Count = typeof countWords;

const tasks = [resizeImage, countWords] as const;
const greet = callerProcedure
  .input(z.object({ name: z.string() }))
  .query(({ ctx, input }) => ({ text: `hello ${input.name}`, from: ctx.caller.userId }));
const appRouter = createAppRouter({ tasks, procedures: { greet, deep: router({ greet }), record: { greet } } });
type Inputs = inferRouterInputs<typeof appRouter>;
type Outputs = inferRouterOutputs<typeof appRouter>;

const ports = new MemoryPorts(tasks);
const api = appRouter.createCaller({ taskwire: { ports, caller: { userId: 'ann' } } });
const taskId = 't';

test('the input of task.create is a union of the kinds', () => {
  expectTypeOf<Inputs['task']['create']['kind']>().toEqualTypeOf<'image.resize' | 'words.count'>();
  expectTypeOf<Extract<Inputs['task']['create'], { kind: 'image.resize' }>['input']>().toEqualTypeOf<{
    image: string;
    widths: number[];
    quality?: number | undefined;
  }>();
  expectTypeOf<{ kind: 'words.count'; input: { text: string } }>().toExtend<Inputs['task']['create']>();
  // @ts-expect-error the input is that of the other kind
  void api.task.create({ kind: 'words.count', input: { image: 'i', widths: [] } });
  // @ts-expect-error there is no such kind
  void api.task.create({ kind: 'words.cuont', input: { text: '' } });
  // @ts-expect-error a task needs an input
  void api.task.create();
});

test('a renamed field of a definition reaches the router', () => {
  const renamed = createAppRouter({
    tasks: [defineTask({ ...countWords, input: z.object({ words: z.string() }) })],
  });
  type Renamed = inferRouterInputs<typeof renamed>;
  expectTypeOf(renamed).toHaveProperty('createCaller');
  expectTypeOf<Renamed['task']['create']['input']>().toEqualTypeOf<{ words: string }>();
  expectTypeOf<{ kind: 'words.count'; input: { text: string } }>().not.toExtend<Renamed['task']['create']>();
});

test('the kind discriminates tasks, those of unknown kinds too', () => {
  expectTypeOf(api.task.get({ taskId })).resolves.toEqualTypeOf<CatalogTask<Resize | Count>>();
  expectTypeOf(api.task.retry({ taskId })).resolves.toEqualTypeOf<CatalogTask<Resize | Count>>();
  expectTypeOf(api.task.list({})).resolves.toEqualTypeOf<Page<CatalogTask<Resize | Count>>>();
  const outputOf = (task: CatalogTask<Resize | Count>) => (task.kind === 'words.count' ? task.output : undefined);
  expectTypeOf(outputOf).returns.toEqualTypeOf<{ words: number } | undefined>();
  expectTypeOf<Task<Resize>['input']>().toEqualTypeOf<{ image: UploadId; widths: number[]; quality: number }>();
  expectTypeOf<UnknownTask['kind']>().toEqualTypeOf<UnknownKind>();
  expectTypeOf<Outputs['task']['get']['kind']>().toEqualTypeOf<'image.resize' | 'words.count' | UnknownKind>();
});

test('task.list takes the kinds of the server', () => {
  expectTypeOf<Inputs['task']['list']['kind']>().toEqualTypeOf<'image.resize' | 'words.count' | undefined>();
});

test('history holds events only; a poll gives the messages of onProgress', async () => {
  expectTypeOf(api.task.history({ taskId })).resolves.toEqualTypeOf<Page<TypedTaskEvent<Resize | Count>>>();
  expectTypeOf(api.task.poll({ taskId })).resolves.toEqualTypeOf<PollAnswer<Resize | Count>>();
  for await (const { data } of await api.task.onProgress({ taskId })) {
    expectTypeOf(data).toEqualTypeOf<CatalogMessage<Resize | Count>>();
    if (data.type === 'data' && data.channel === 'preview') expectTypeOf(data.value).toEqualTypeOf<{ width: number }>();
  }
});

test('kinds are described', () => {
  expectTypeOf<Outputs['system']['kinds'][number]['kind']>().toEqualTypeOf<'image.resize' | 'words.count'>();
});

test('own procedures stand beside those of Taskwire', () => {
  expectTypeOf(api.greet({ name: 'x' })).resolves.toEqualTypeOf<{ text: string; from: string }>();
  expectTypeOf<Inputs['deep']['greet']>().toEqualTypeOf<{ name: string }>();
  expectTypeOf<Inputs['record']['greet']>().toEqualTypeOf<{ name: string }>();
  expectTypeOf(api).not.toHaveProperty('gret');
});

test('the router of any tasks takes any input', () => {
  expectTypeOf<inferRouterInputs<AppRouter>['task']['create']['kind']>().toBeString();
  expectTypeOf<inferRouterInputs<AppRouter>['task']['create']['input']>().toBeUnknown();
  expectTypeOf(createTaskCatalog(tasks).tasks).toExtend<readonly (Resize | Count)[]>();
});

test('topics give topic messages; a type of event that there is not fails to compile', async () => {
  for await (const { data } of await api.task.onAny()) expectTypeOf(data).toEqualTypeOf<TopicMessage>();
  void api.project.onProgress({ projectId: 'p', types: ['progress'], stages: ['any'] });
  // @ts-expect-error there is no such event
  void api.project.onProgress({ projectId: 'p', types: ['finished'] });
});
