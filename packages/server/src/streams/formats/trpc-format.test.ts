import { initialTaskState, type TaskEvent, type TaskMessage } from '@taskwire/protocol';
import { createTaskCatalog, defineTask, latest, list } from '@taskwire/tasks';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { trpcTaskEncoder } from './trpc-format.ts';

const resizeImage = defineTask({
  kind: 'image.resize',
  input: z.object({}),
  output: z.object({}),
  stages: [{ name: 'resize', weight: 1 }],
  channels: { preview: latest(z.object({ width: z.int() })), notes: list(z.string(), { keep: 2 }) },
});
const encoder = trpcTaskEncoder(createTaskCatalog([resizeImage]), { path: 'task.onProgress', kind: 'image.resize' });

const base = { taskId: 't', projectId: 'p', attempt: 1, at: 1 };
const preview: TaskEvent = { ...base, type: 'data', seq: 4, channel: 'preview', value: { width: 7 } };
const notes: TaskEvent = {
  ...{ ...base, type: 'data', fromSeq: 5, seq: 9, channel: 'notes' },
  ...{ keep: 2, index: 3, values: ['a\nb', 'c'] },
};
const state = initialTaskState({ taskId: 't', projectId: 'p', kind: 'image.resize' });
const channels = { channels: { preview: { width: 7 }, notes: ['a', 'b'] }, channelCounts: { notes: 5 } };

function sent(message: TaskMessage): unknown {
  const frame = encoder.encode(message, (_of, value) => JSON.stringify(value()));
  const data = /^data: (.*)\nid: (\d+)\n\n\n$/.exec(frame);
  expect(data?.[2]).toBe(String(message.seq));
  const value: unknown = JSON.parse(data?.[1] ?? '');
  return value;
}

test('events and snapshots with values of channels are sent as they are', () => {
  for (const message of [preview, notes, { type: 'snapshot', seq: 9, state: { ...state, ...channels } } as const]) {
    expect(sent(message)).toEqual(message);
  }
});

test('an event of a channel that the kind does not have is unreadable, in its place', () => {
  const place = { ...base, seq: 4, type: 'unreadable', originalType: 'data' };
  expect(sent({ ...preview, channel: 'another' })).toEqual(place);
  expect(sent({ ...preview, value: { width: 'wide' } })).toEqual(place);
});
