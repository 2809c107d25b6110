import { expectTypeOf, test } from 'vitest';
import * as z from 'zod';
import {
  createTaskCatalog,
  defineTask,
  latest,
  list,
  taskKind,
  upload,
  type AnyTaskDefinition,
  type ChannelInput,
  type DefinitionsOf,
  type ParsedTaskInput,
  type RememberedStageOf,
  type StageResultOf,
  type TaskInput,
  type TaskMessage,
  type TaskOutput,
  type TaskRequest,
  type TaskRequestInput,
  type TaskState,
  type TypedKind,
  type UnknownTaskState,
  type UploadId,
} from './index.ts';

const resizeImage = defineTask({
  kind: 'image.resize',
  input: z.object({
    image: upload({ accept: ['image/png'] }),
    widths: z.array(z.int().positive()).min(1),
    quality: z.int().default(80),
  }),
  output: z.object({ files: z.array(z.string()) }),
  stages: [
    { name: 'decode', weight: 1 },
    { name: 'resize', weight: 4, result: z.object({ files: z.array(z.string()) }) },
  ],
  channels: {
    preview: latest(z.object({ width: z.int(), url: z.string() })),
    notes: list(z.string(), { keep: 100 }),
  },
});
const countWords = defineTask({
  kind: 'words.count',
  input: z.object({ text: z.string() }),
  output: z.object({ words: z.int() }),
  stages: [{ name: 'count', weight: 1 }],
});
type Resize = typeof resizeImage;
type Count = typeof countWords;

test('a definition knows its input, output, stages and channels', () => {
  expectTypeOf<TaskInput<Resize>>().toEqualTypeOf<{ image: string; widths: number[]; quality?: number | undefined }>();
  expectTypeOf<ParsedTaskInput<Resize>>().toEqualTypeOf<{ image: UploadId; widths: number[]; quality: number }>();
  expectTypeOf<TaskOutput<Resize>>().toEqualTypeOf<{ files: string[] }>();
  expectTypeOf<RememberedStageOf<Resize>>().toEqualTypeOf<'resize'>();
  expectTypeOf<StageResultOf<Resize, 'resize'>>().toEqualTypeOf<{ files: string[] }>();
  expectTypeOf<ChannelInput<Resize, 'notes'>>().toEqualTypeOf<string>();
  expectTypeOf<ChannelInput<Resize, 'preview'>>().toEqualTypeOf<{ width: number; url: string }>();
});

test('a state has the output and the channels of its kind', () => {
  expectTypeOf<TaskState<Resize>['kind']>().toEqualTypeOf<'image.resize'>();
  expectTypeOf<TaskState<Resize>['output']>().toEqualTypeOf<{ files: string[] } | undefined>();
  expectTypeOf<TaskState<Resize>['channels']['preview']>().toEqualTypeOf<{ width: number; url: string } | undefined>();
  expectTypeOf<TaskState<Resize>['channels']['notes']>().toEqualTypeOf<readonly string[]>();
  expectTypeOf<TaskState<Resize>['channels']>().not.toHaveProperty('peview');
});

test('over several definitions, the kind of a state determines its output', () => {
  const outputOf = (state: TaskState<Resize | Count> | UnknownTaskState) =>
    state.kind === 'words.count' ? state.output : undefined;
  expectTypeOf(outputOf).returns.toEqualTypeOf<{ words: number } | undefined>();
});

test('the name of a channel discriminates its events', () => {
  type Data = Extract<TaskMessage<Resize>, { type: 'data' }>;
  expectTypeOf<Extract<Data, { channel: 'notes' }>['values']>().toEqualTypeOf<string[]>();
  expectTypeOf<Extract<Data, { channel: 'preview' }>['value']>().toEqualTypeOf<{ width: number; url: string }>();
  expectTypeOf<Extract<TaskMessage<Count>, { type: 'data' }>>().toBeNever();
});

test('any definition fits generic code; its output is unknown', () => {
  expectTypeOf<Resize>().toExtend<AnyTaskDefinition>();
  expectTypeOf<TaskOutput<AnyTaskDefinition>>().toBeUnknown();
  expectTypeOf<TaskState['kind']>().toEqualTypeOf<string>();
});

test('a selection names definitions: one, a kind by its name, a list, or any', () => {
  expectTypeOf<DefinitionsOf<TypedKind<Resize>>>().toEqualTypeOf<Resize>();
  expectTypeOf<DefinitionsOf<Resize>>().toEqualTypeOf<Resize>();
  expectTypeOf<DefinitionsOf<readonly [Resize, Count]>>().toEqualTypeOf<Resize | Count>();
  expectTypeOf<DefinitionsOf<undefined>>().toEqualTypeOf<AnyTaskDefinition>();
  expectTypeOf(taskKind<Resize>('image.resize')).toEqualTypeOf<TypedKind<Resize>>();
  // @ts-expect-error the kind has another name
  taskKind<Resize>('image.rezise');
});

test('a request takes the input of its own kind only', () => {
  type Request = TaskRequestInput<Resize | Count>;
  expectTypeOf(createTaskCatalog([resizeImage, countWords]).requestSchema).toEqualTypeOf<
    z.ZodType<TaskRequest<Resize | Count>, Request>
  >();
  expectTypeOf<{ kind: 'words.count'; input: { text: string } }>().toExtend<Request>();
  expectTypeOf<{ kind: 'words.count'; input: { image: string } }>().not.toExtend<Request>();
});

test('a schema whose values JSON does not hold does not compile', () => {
  const rest = { kind: 'a.b', output: z.object({}), stages: [{ name: 'a', weight: 1 }] } as const;
  const ok = z.object({});
  // @ts-expect-error JSON has no dates
  defineTask({ ...rest, input: z.object({ at: z.date() }) });
  // @ts-expect-error JSON has no maps
  defineTask({ ...rest, input: z.object({ by: z.map(z.string(), z.string()) }) });
  // @ts-expect-error JSON has no undefined in lists
  defineTask({ ...rest, input: z.object({ list: z.array(z.string().optional()) }) });
  // @ts-expect-error a text that becomes a number is not read again
  defineTask({ ...rest, input: z.object({ length: z.string().transform((text) => text.length) }) });
  // @ts-expect-error JSON has no big integers
  defineTask({ ...rest, input: ok, output: z.object({ id: z.bigint() }) });
  // @ts-expect-error unknown may be anything
  defineTask({ ...rest, input: z.object({ any: z.unknown() }) });
  // @ts-expect-error JSON has no dates
  latest(z.date());
  // @ts-expect-error a result is stored as JSON
  defineTask({ ...rest, input: ok, stages: [{ name: 'a', weight: 1, result: z.set(z.string()) }] });
  defineTask({ ...rest, input: z.object({ tree: z.json(), when: z.iso.datetime(), name: z.string().optional() }) });
});
