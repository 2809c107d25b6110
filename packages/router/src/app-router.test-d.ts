import type { TopicMessage } from '@taskwire/protocol';
import type { TaskMessage, TaskOutput } from '@taskwire/tasks';
import { expectTypeOf, test } from 'vitest';
import type { Document, Page, PageText, PollAnswer, Task, TypedTaskEvent } from './index.ts';
import { callAs } from './testing/callers.ts';
import { MemoryPorts } from './testing/memory-ports.ts';

const api = callAs(new MemoryPorts(), 'ann');
const taskId = 't';

test('a retried task has its kind’s types', () => {
  expectTypeOf(api.task.retry({ taskId })).resolves.toEqualTypeOf<Task>();
});

test('documents have types of their own; a replacement is a task', () => {
  const documentId = 'd';
  expectTypeOf(api.document.list({})).resolves.toEqualTypeOf<Page<Document>>();
  expectTypeOf(api.document.page({ documentId, page: 1 })).resolves.toEqualTypeOf<PageText>();
  expectTypeOf(api.document.replace({ documentId, uploadId: 'u' })).resolves.toEqualTypeOf<Task>();
});

test('history holds events only, whose output is that of a kind', () => {
  expectTypeOf(api.task.history({ taskId })).resolves.toHaveProperty('items').toEqualTypeOf<TypedTaskEvent[]>();
  expectTypeOf<Extract<TypedTaskEvent, { type: 'done' }>['output']>().toEqualTypeOf<
    Extract<TaskMessage, { type: 'done' }>['output']
  >();
  expectTypeOf<TaskOutput<'demo.count'>>().toExtend<Extract<TypedTaskEvent, { type: 'done' }>['output']>();
});

test('a poll gives the messages of onProgress', () => {
  expectTypeOf(api.task.poll({ taskId })).resolves.toEqualTypeOf<PollAnswer>();
  expectTypeOf<PollAnswer['messages']>().toEqualTypeOf<TaskMessage[]>();
});

test('topics give topic messages; a type of event that there is not fails to compile', async () => {
  for await (const { data } of await api.task.onAny()) expectTypeOf(data).toEqualTypeOf<TopicMessage>();
  void api.project.onProgress({ projectId: 'p', types: ['progress'], stages: ['any'] });
  // @ts-expect-error there is no such event
  void api.project.onProgress({ projectId: 'p', types: ['finished'] });
});
