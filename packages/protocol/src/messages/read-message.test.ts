import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMessage, readSummaries, readTopicMessage } from './read-message.ts';
import { taskMessageSchema } from './snapshot.ts';
import { initialTaskState } from '../state/state.ts';
import { topicMessageSchema } from './topic.ts';

const known = { ...initialTaskState({ taskId: 't', projectId: 'p', kind: 'a.b' }), status: 'running' as const };
const summary = {
  ...{ taskId: 't', projectId: 'p', kind: 'a.b', status: 'running', attempt: 1, percent: 3 },
  ...{ taskSeq: 2, updatedAt: 1 },
};

describe('readMessage (MUST 20)', () => {
  it('reads an event of a later version as unreadable, in its place', () => {
    expect(readMessage({ type: 'paused', seq: 4, taskId: 't', projectId: 'p' }, known)).toEqual({
      ...{ type: 'unreadable', seq: 4, taskId: 't', projectId: 'p', originalType: 'paused' },
    });
  });

  it('reads the readable parts of a snapshot, the gap among them', () => {
    const sent = {
      type: 'snapshot',
      seq: 4,
      state: { ...known, status: 'paused', percent: 50 },
      gap: { from: 1, to: 4 },
    };
    expect(readMessage(sent, known)).toEqual({
      ...sent,
      state: { ...known, percent: 50, incomplete: true },
    });
  });

  it('reads data events, and the channels of a snapshot of which other parts cannot be read', () => {
    const place = { taskId: 't', projectId: 'p', seq: 4, attempt: 1, at: 1 };
    const event = { ...place, type: 'data', channel: 'notes', keep: 2, index: 3, values: ['a'], color: 'red' };
    expect(readMessage(event, known)).toMatchObject({ type: 'data', index: 3, values: ['a'] });
    const channels = { channels: { notes: ['a'], preview: 7 }, channelCounts: { notes: 4 } };
    const state = { ...known, ...channels, status: 'paused' };
    expect(readMessage({ type: 'snapshot', seq: 4, state }, known)).toMatchObject({ state: { ...known, ...channels } });
  });

  it('returns undefined for values without a place in a log', () => {
    for (const sent of [undefined, null, 'x', {}, { type: 'paused' }, { type: 'paused', seq: 0 }, { seq: 3 }]) {
      expect(readMessage(sent, known)).toBeUndefined();
      expect(readTopicMessage(sent)).toBeUndefined();
    }
  });

  it('gives a message that fits its schema for any value', () => {
    const seqs = fc.record({ type: fc.constantFrom('snapshot', 'event', 'novel', 'done'), seq: fc.nat(9) });
    const sent = fc.tuple(seqs, fc.dictionary(fc.constantFrom('state', 'event', 'gap', 'fromSeq'), fc.jsonValue()));
    fc.assert(
      fc.property(sent, ([frame, rest]) => {
        const message = readMessage({ ...rest, ...frame }, known);
        expect(message === undefined || taskMessageSchema.safeParse(message).success).toBe(true);
        const ofTopic = readTopicMessage({ ...rest, ...frame });
        expect(ofTopic === undefined || topicMessageSchema.safeParse(ofTopic).success).toBe(true);
      }),
    );
  });
});

describe('readTopicMessage (MUST 20)', () => {
  it('reads an event, or a message type, of a later version as unreadable, in its place', () => {
    const event = { type: 'paused', seq: 2, taskId: 't', projectId: 'p' };
    expect(readTopicMessage({ type: 'event', seq: 9, fromSeq: 7, event })).toMatchObject({
      ...{ type: 'event', seq: 9, fromSeq: 7, event: { type: 'unreadable', seq: 2, originalType: 'paused' } },
    });
    expect(readTopicMessage({ type: 'novel', seq: 9 })).toMatchObject({
      ...{ type: 'event', seq: 9, event: { type: 'unreadable', originalType: 'novel' } },
    });
  });

  it('names tasks with unreadable summaries, and keeps the readable ones', () => {
    const tasks = [summary, { ...summary, taskId: 'u', status: 'paused' }];
    expect(readTopicMessage({ type: 'snapshot', seq: 9, state: { tasks } })).toEqual({
      ...{ type: 'snapshot', seq: 9, state: { tasks: [summary], unreadable: ['u'] } },
    });
    expect(readSummaries([['t', summary]])).toEqual({ tasks: [summary] });
    expect(readSummaries([['u', undefined]])).toEqual({ tasks: [], unreadable: ['u'] });
  });
});
