import { expectTypeOf, test } from 'vitest';
import {
  taskKind,
  type Page,
  type PollAnswer,
  type SelectedEvent,
  type Task,
  type TaskOutput,
  type TaskState,
  type TaskStore,
  type TaskSummary,
  type TaskwireClient,
  type TopicMessage,
  type UnknownTask,
} from './index.ts';
import { countTask, resizeTask } from './testing/test-tasks.ts';

declare const client: TaskwireClient;
const image = '00000000-0000-4000-8000-000000000000';
type Count = typeof countTask;
type Resize = typeof resizeTask;
const resizeKind = taskKind<Resize>('image.resize');

test('create takes the input of the definition, and answers with its task', () => {
  const task = client.tasks.create(resizeTask, { image, widths: [80] }, { timeoutMs: 60_000 });
  expectTypeOf(task).resolves.toEqualTypeOf<Task<Resize>>();
  expectTypeOf<Task<Resize>['output']>().toEqualTypeOf<{ files: string[] } | undefined>();
  expectTypeOf(client.tasks.create(resizeKind, { image, widths: [80] })).resolves.toEqualTypeOf<Task<Resize>>();
});

test('a field that an input does not have fails to compile', () => {
  // @ts-expect-error the field is called widths
  void client.tasks.create(resizeTask, { image, width: [80] });
  // @ts-expect-error the field is called widths
  void client.tasks.create(resizeKind, { image, width: [80] });
  // @ts-expect-error demo.count takes no image
  void client.tasks.create(countTask, { image });
});

test('a kind whose name only is known takes any input', () => {
  const task = client.tasks.create(taskKind('any.kind'), { anything: 1 });
  expectTypeOf(task).resolves.toHaveProperty('output').toBeUnknown();
});

test('messages have the types of the kind that is watched', async () => {
  for await (const message of client.watchTask('t', { task: resizeTask })) {
    if (message.type === 'done') expectTypeOf(message.output).toEqualTypeOf<{ files: string[] }>();
    if (message.type === 'snapshot') expectTypeOf(message.state.kind).toEqualTypeOf<'image.resize'>();
    if (message.type === 'data' && message.channel === 'notes') expectTypeOf(message.values).toEqualTypeOf<string[]>();
  }
  for await (const message of client.watchTask('t', { task: resizeKind })) {
    if (message.type === 'done') expectTypeOf(message.output).toEqualTypeOf<{ files: string[] }>();
  }
});

test('with a list, a state is a union by its kind, with the unknown kinds', async () => {
  for await (const message of client.watchTask('t', { task: [resizeTask, countTask] })) {
    if (message.type !== 'snapshot') continue;
    const { state } = message;
    if (state.kind === 'demo.count') expectTypeOf(state.output?.counted).toEqualTypeOf<number | undefined>();
    else if (state.kind === 'image.resize') expectTypeOf(state.channels.notes).toEqualTypeOf<readonly string[]>();
    else expectTypeOf(state.kindKnown).toEqualTypeOf<false>();
  }
  const { items } = await client.tasks.list({ task: [resizeKind, countTask], status: ['done'] });
  expectTypeOf(items).toEqualTypeOf<(Task<Resize | Count> | UnknownTask)[]>();
});

test('without a kind, outputs are unknown', async () => {
  const task = await client.tasks.get('t');
  expectTypeOf(task.kind).toEqualTypeOf<string>();
  expectTypeOf(task.output).toBeUnknown();
  expectTypeOf(client.tasks.list()).resolves.toEqualTypeOf<Page<Task>>();
  expectTypeOf(client.taskStore('t').getSnapshot().state?.output).toBeUnknown();
});

test('get, cancel, retry and poll take a kind too', () => {
  expectTypeOf(client.tasks.get('t', { task: countTask })).resolves.toEqualTypeOf<Task<Count>>();
  expectTypeOf(client.tasks.cancel('t', { task: countTask })).resolves.toEqualTypeOf<Task<Count>>();
  expectTypeOf(client.tasks.retry('t')).resolves.toEqualTypeOf<Task>();
  expectTypeOf(client.tasks.poll('t', { task: countTask, waitMs: 0 })).resolves.toEqualTypeOf<PollAnswer<Count>>();
  type Done = Extract<PollAnswer<Count>['messages'][number], { type: 'done' }>;
  expectTypeOf<Done['output']>().toEqualTypeOf<{ counted: number }>();
});

test('a store has the types of its kind', () => {
  const store = client.taskStore('t', { task: countTask });
  expectTypeOf(store).toEqualTypeOf<TaskStore<Count>>();
  expectTypeOf(store.getSnapshot().state).toEqualTypeOf<TaskState<Count> | undefined>();
  expectTypeOf(store.getSnapshot().state?.output).toEqualTypeOf<TaskOutput<Count> | undefined>();
});

test('topics give a union of messages by type, and accept only types of events', async () => {
  for await (const message of client.watchProject('p', { stages: ['any'], types: ['done'] })) {
    expectTypeOf(message).toEqualTypeOf<TopicMessage>();
    if (message.type === 'snapshot') expectTypeOf(message.state.tasks).toEqualTypeOf<TaskSummary[]>();
  }
  expectTypeOf(client.watchAny()).toEqualTypeOf<AsyncIterable<TopicMessage>>();
  // @ts-expect-error there is no such event
  void client.watchProject('p', { types: ['finished'] });
});

test('history gives events with the types of a kind', async () => {
  for await (const event of client.tasks.history('t', { task: countTask })) {
    expectTypeOf(event).toEqualTypeOf<SelectedEvent<Count>>();
    if (event.type === 'done') expectTypeOf(event.output).toEqualTypeOf<{ counted: number }>();
  }
});
