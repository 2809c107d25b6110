import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DataEvent, DataValue } from '../events/data-event.ts';
import { listLength } from './channels.ts';
import { reduce } from './reduce.ts';
import { initialTaskState, taskStateSchema, type TaskState } from './state.ts';

const initial = initialTaskState({ taskId: 't', projectId: 'p', kind: 'a.b' });
const base = { taskId: 't', projectId: 'p', seq: 1, attempt: 1, at: 1, type: 'data' } as const;

function latest(value: DataValue, channel = 'preview'): DataEvent {
  return { ...base, channel, value };
}

function list(index: number, values: unknown[], keep = 3): DataEvent {
  return { ...base, channel: 'notes', keep, index, values };
}

function fold(events: readonly DataEvent[], from: TaskState = initial) {
  const { channels, channelCounts } = events.reduce(reduce, from);
  return { channels, channelCounts };
}

describe('a `latest` channel (MUST 21)', () => {
  it('has the last value, of each channel', () => {
    expect(fold([latest(1), latest(2, 'other'), latest({ width: 3 })])).toEqual({
      channels: { preview: { width: 3 }, other: 2 },
    });
  });

  it('may hold null, and an array that is no list', () => {
    expect(fold([latest(['a', 'b']), latest(null, 'other')])).toEqual({
      channels: { preview: ['a', 'b'], other: null },
    });
  });
});

it('a new `latest` value replaces one that could not be read', () => {
  const sent = { ...initial, unreadableChannels: ['preview', 'notes'] };
  expect(reduce(sent, latest(1)).unreadableChannels).toEqual(['notes']);
  expect(reduce({ ...initial, unreadableChannels: ['preview'] }, latest(1))).not.toHaveProperty('unreadableChannels');
});

describe('a `list` channel (MUST 21)', () => {
  it('has the last `keep` values, and the length of the whole list', () => {
    expect(fold([list(0, ['a', 'b']), list(2, ['c', 'd'])])).toEqual({
      channels: { notes: ['b', 'c', 'd'] },
      channelCounts: { notes: 4 },
    });
  });

  it('replaces everything from an index on that exists', () => {
    const sent = [list(0, ['a', 'b', 'c'])];
    expect(fold([...sent, list(1, ['x'])])).toEqual({ channels: { notes: ['a', 'x'] }, channelCounts: { notes: 2 } });
    expect(fold([...sent, list(0, [])])).toEqual({ channels: { notes: [] }, channelCounts: { notes: 0 } });
  });

  it('begins at an index before the kept values', () => {
    const kept = [list(0, ['a', 'b', 'c', 'd', 'e'])];
    expect(fold([...kept, list(1, ['x'])])).toEqual({ channels: { notes: ['x'] }, channelCounts: { notes: 2 } });
  });

  it('begins at an index after its end: the values between were lost', () => {
    expect(fold([list(0, ['a']), list(4, ['x'])])).toEqual({ channels: { notes: ['x'] }, channelCounts: { notes: 5 } });
  });

  it('keeps fewer, or more from now on, if a later version changes `keep`', () => {
    const sent = [list(0, ['a', 'b', 'c'], 3)];
    expect(fold([...sent, list(3, ['d'], 2)]).channels).toEqual({ notes: ['c', 'd'] });
    expect(fold([...sent, list(3, ['d'], 9)]).channels).toEqual({ notes: ['a', 'b', 'c', 'd'] });
  });

  it('is idempotent: the same values at the same indexes give the same list, in any pieces', () => {
    const sent = fc.array(fc.jsonValue(), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(sent, fc.nat(12), fc.nat(12), (values, cut, again) => {
        const pieces = [list(0, values.slice(0, cut)), list(Math.min(cut, values.length), values.slice(cut))];
        const from = Math.min(again, values.length);
        const whole = fold([list(0, values, 50)]);
        const sentAgain = pieces.map((event) => ({ ...event, keep: 50 }));
        expect(fold([...sentAgain, list(from, values.slice(from), 50)])).toEqual(whole);
        expect(fold([...sentAgain, ...sentAgain])).toEqual(whole);
      }),
    );
  });

  it('has the end of the whole list, or of its part that is known, for any indexes', () => {
    const event = fc.record({ index: fc.nat(8), values: fc.array(fc.integer(), { maxLength: 4 }) });
    fc.assert(
      fc.property(fc.array(event), fc.integer({ min: 1, max: 5 }), (events, keep) => {
        const whole: (number | undefined)[] = [];
        for (const { index, values } of events) {
          whole.length = index;
          whole.push(...values);
        }
        const state = events.reduce((known, { index, values }) => reduce(known, list(index, values, keep)), initial);
        const kept = fc.stringify(state.channels?.['notes'] ?? []);
        const length = listLength(state, 'notes');
        expect(length).toBe(whole.length);
        const ends = Array.from({ length: Math.min(keep, length) + 1 }, (_, count) => whole.slice(length - count));
        expect(ends.map((end) => fc.stringify(end))).toContain(kept);
      }),
    );
  });
});

describe('a channel that another version has in the other form', () => {
  it('becomes a list without the value that was the latest', () => {
    const state = [latest(['a', 'b'], 'notes')].reduce(reduce, initial);
    expect(listLength(state, 'notes')).toBe(0);
    expect(fold([list(0, ['x'])], state)).toEqual({ channels: { notes: ['x'] }, channelCounts: { notes: 1 } });
  });

  it('becomes the latest value without the list', () => {
    const both = [list(0, ['a']), { ...list(0, ['b']), channel: 'other' }];
    expect(fold([...both, latest(1, 'notes')])).toEqual({
      channels: { notes: 1, other: ['b'] },
      channelCounts: { other: 1 },
    });
    expect(fold([list(0, ['a']), latest(1, 'notes')])).toEqual({ channels: { notes: 1 } });
  });

  it.each([
    ['without the kept values', { channelCounts: { notes: 4 } }, { notes: ['x'] }],
    ['without the length', { channels: { notes: ['a', 'b'] } }, { notes: ['x'] }],
    [
      'with more values than its length',
      { channels: { notes: [1, 2] }, channelCounts: { notes: 1 } },
      { notes: ['x'] },
    ],
    ['with a value that is no list', { channels: { notes: 'a' }, channelCounts: { notes: 4 } }, { notes: ['x'] }],
  ])('goes on from a stored state %s', (_what, stored, channels) => {
    expect(fold([list(4, ['x'])], { ...initial, ...stored })).toEqual({ channels, channelCounts: { notes: 5 } });
  });
});

it('gives channels with names of the prototype their own values', () => {
  const names = ['constructor', 'toString', 'hasOwnProperty'];
  const state = names.map((channel) => ({ ...list(0, ['x']), channel })).reduce(reduce, initial);
  expect(listLength(state, 'valueOf')).toBe(0);
  expect(Object.keys(state.channels ?? {})).toEqual(names);
  expect(taskStateSchema.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
});
