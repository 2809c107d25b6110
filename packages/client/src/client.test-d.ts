import { expectTypeOf, test } from 'vitest';
import type {
  Task,
  TaskKind,
  TaskOutput,
  TaskStore,
  TaskSummary,
  TaskwireClient,
  TopicMessage,
  TypedTaskEvent,
} from './index.ts';

declare const client: TaskwireClient;
const uploadId = '00000000-0000-4000-8000-000000000000';

test('createTask answers with the task of the kind that was asked for', () => {
  const task = client.createTask({ kind: 'document.ingest', input: { uploadId } });
  expectTypeOf(task).resolves.toEqualTypeOf<Task<'document.ingest'>>();
  expectTypeOf<Task<'document.ingest'>['output']>().toEqualTypeOf<TaskOutput<'document.ingest'> | undefined>();
});

test('a field that an input does not have fails to compile', () => {
  // @ts-expect-error the field is called uploadId
  void client.createTask({ kind: 'document.ingest', input: { upload: uploadId } });
});

test('the input of another kind fails to compile', () => {
  // @ts-expect-error demo.count takes no upload
  void client.createTask({ kind: 'demo.count', input: { uploadId } });
});

test('an unknown kind fails to compile', () => {
  // @ts-expect-error there is no such kind
  void client.createTask({ kind: 'document.digest', input: { uploadId } });
});

test('messages have the output of the kind that is watched', async () => {
  for await (const message of client.watchTask('t', { kind: 'document.ingest' })) {
    if (message.type === 'done') expectTypeOf(message.output).toEqualTypeOf<TaskOutput<'document.ingest'>>();
    if (message.type === 'snapshot') expectTypeOf(message.state.kind).toEqualTypeOf<'document.ingest'>();
  }
});

test('without a kind, a state is a union by its kind', async () => {
  for await (const message of client.watchTask('t')) {
    if (message.type !== 'snapshot') continue;
    if (message.state.kind === 'demo.count')
      expectTypeOf(message.state.output?.counted).toEqualTypeOf<number | undefined>();
  }
});

test('a store has the types of its kind', () => {
  const store = client.taskStore('t', { kind: 'demo.count' });
  expectTypeOf(store).toEqualTypeOf<TaskStore<'demo.count'>>();
  expectTypeOf(store.getSnapshot().state?.output).toEqualTypeOf<TaskOutput<'demo.count'> | undefined>();
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

test('history gives events; a done one has the output of a kind', async () => {
  for await (const event of client.taskHistory('t')) {
    expectTypeOf(event).toEqualTypeOf<TypedTaskEvent>();
    if (event.type === 'done') expectTypeOf(event.output).toEqualTypeOf<TaskOutput<TaskKind>>();
  }
});

test('a time limit may stand beside the input', () => {
  void client.createTask({ kind: 'demo.count', input: {}, timeoutMs: 60_000 });
  expectTypeOf(client.retryTask('t')).resolves.toEqualTypeOf<Task>();
});
