import { initialTaskState } from '@taskwire/protocol';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { defineTask } from '../define-task.ts';
import { latest, list } from '../definition/channel.ts';
import { taskKind } from '../definition/task-reference.ts';
import { readTaskMessage, readTaskState } from '../reading/read-task.ts';
import { upload } from '../uploads/upload.ts';
import { createTaskCatalog } from './task-catalog.ts';

const resizeImage = defineTask({
  kind: 'image.resize',
  input: z.object({ image: upload({ accept: ['image/png'] }), width: z.int().default(80) }),
  output: z.object({ file: z.string() }),
  stages: [{ name: 'resize', weight: 1 }],
  channels: { preview: latest(z.object({ url: z.string() })), notes: list(z.string(), { keep: 2 }) },
});
const catalog = createTaskCatalog([resizeImage]);
const uploadId = '7f6f7d8e-3e5a-4b0c-9d1e-2f3a4b5c6d7e';
const ids = { taskId: 't', projectId: 'p' };
const state = { ...initialTaskState({ ...ids, kind: 'image.resize' }), status: 'running' as const };
const event = { ...ids, seq: 3, attempt: 1, at: 1 };

describe('a catalog', () => {
  it('has each kind once', () => {
    expect(() => createTaskCatalog([resizeImage, resizeImage])).toThrow('two tasks have the kind "image.resize"');
  });

  it('checks a request by the schema of its kind, and refuses any other kind', () => {
    const request = { kind: 'image.resize', input: { image: uploadId } };
    expect(catalog.requestSchema.parse(request)).toMatchObject({ input: { width: 80 } });
    expect(catalog.requestSchema.safeParse({ kind: 'image.crop', input: {} }).error?.issues[0]?.path).toEqual(['kind']);
    expect(createTaskCatalog([]).requestSchema.safeParse(request).success).toBe(false);
  });

  it('finds uploads and their rules', () => {
    expect(catalog.uploadRules).toEqual([{ accept: ['image/png'] }]);
    const uploads = catalog.uploadsOf({ kind: 'image.resize', input: { image: uploadId } });
    expect(uploads).toMatchObject([{ path: 'input.image', uploadId }]);
    expect(() => catalog.uploadsOf({ kind: 'image.resize', input: { image: 1 } })).toThrow('input.image');
  });

  it('reads a task of another kind as unknown, with its values as stored', () => {
    const read = catalog.readState({ ...state, kind: 'image.crop', output: { any: 1 } });
    expect(read).toMatchObject({ kind: 'image.crop', kindKnown: false, output: { any: 1 } });
    const done = { ...event, type: 'done', output: { any: 1 }, durationMs: 1 } as const;
    expect(catalog.readMessage('image.crop', done)).toMatchObject({ type: 'unreadable', originalType: 'done' });
  });
});

it('reads a snapshot by the kind of its state, whatever kind the row of the task has', () => {
  const snapshot = { type: 'snapshot', seq: 3, state: { ...state, kind: 'image.crop' } } as const;
  expect(catalog.readMessage('image.resize', snapshot)).toMatchObject({
    state: { kind: 'image.crop', kindKnown: false },
  });
  const known = { type: 'snapshot', seq: 3, state } as const;
  expect(catalog.readMessage('image.crop', known)).toMatchObject({ state: { channels: { notes: [] } } });
});

describe('a state of a known kind', () => {
  it('has an empty list for a list channel without items, and no value for a latest channel', () => {
    expect(readTaskState(resizeImage, state).channels).toEqual({ notes: [] });
  });

  it('has what fits the channels, and names those of which a value does not', () => {
    const read = readTaskState(resizeImage, { ...state, channels: { preview: { url: 5 }, notes: ['a', 5], old: 1 } });
    expect(read).toMatchObject({ channels: { notes: ['a'] }, unreadableChannels: ['preview', 'notes'] });
    expect(read.channels.preview).toBeUndefined();
  });

  it('keeps an output that does not fit apart', () => {
    expect(readTaskState(resizeImage, { ...state, output: { file: 5 } })).toMatchObject({
      unreadableOutput: { file: 5 },
    });
  });

  it('is refused under another kind, which the error names', () => {
    expect(() => readTaskState(resizeImage, { ...state, kind: 'image.crop' })).toThrow('the task is a image.crop');
  });

  it('is taken as sent if only the name of the kind is given', () => {
    const read = readTaskState(taskKind<typeof resizeImage>('image.resize'), { ...state, channels: { notes: ['a'] } });
    expect(read.channels.notes).toEqual(['a']);
  });
});

it('a check that throws refuses the value, and the rest is read', () => {
  const fussy = z.string().refine((text) => JSON.parse(text) !== undefined);
  const task = defineTask({
    kind: 'image.crop',
    ...{ input: z.object({}), output: z.object({ text: fussy }), stages: [{ name: 'all', weight: 1 }] },
    channels: { notes: list(fussy, { keep: 2 }) },
  });
  const held = { ...state, kind: 'image.crop', output: { text: '{' }, channels: { notes: ['{', '{}'] } };
  expect(readTaskState(task, held)).toMatchObject({
    unreadableOutput: { text: '{' },
    channels: { notes: ['{}'] },
    unreadableChannels: ['notes'],
  });
  const data = { ...event, type: 'data', channel: 'notes', index: 0, keep: 2, values: ['{'] } as const;
  expect(readTaskMessage(task, { ...data, values: [...data.values] })).toMatchObject({ type: 'unreadable' });
});

describe('an event of a channel', () => {
  it('is read by the channel’s schema', () => {
    const data = { ...event, type: 'data', channel: 'notes', index: 0, keep: 2, values: ['a'] } as const;
    expect(readTaskMessage(resizeImage, { ...data, values: [...data.values] })).toEqual(data);
  });

  it.each([
    { channel: 'notes', index: 0, keep: 2, values: [5] },
    { channel: 'notes', value: 'a' },
    { channel: 'preview', value: 'a' },
    { channel: 'gone', value: 'a' },
  ])('is unreadable in its place if it does not fit: %j', (data) => {
    expect(readTaskMessage(resizeImage, { ...event, type: 'data', ...data })).toEqual({
      ...{ ...event, type: 'unreadable', originalType: 'data' },
    });
  });
});
