import {
  SequenceError,
  initialTaskState,
  type SnapshotMessage,
  type TaskMessage,
  type TaskStatus,
} from '@taskwire/protocol';
import { expect, test } from 'vitest';
import { Position } from './position.ts';

const base = { taskId: 't', projectId: 'p', attempt: 1, at: 0 };

function progress(seq: number, fromSeq?: number): TaskMessage {
  const merged = fromSeq === undefined ? {} : { fromSeq };
  return { ...base, ...merged, type: 'progress', seq, stage: 's', current: seq, total: 10, percent: seq };
}

function snapshot(
  seq: number,
  details: { status?: TaskStatus; gap?: { from: number; to: number } } = {},
): SnapshotMessage {
  const { status = 'running', ...rest } = details;
  const state = { ...initialTaskState({ ...base, kind: 'k' }), status };
  return { type: 'snapshot', seq, state, ...rest };
}

/** A watcher that has all up to event 5. */
function atFive(): Position {
  const position = new Position(undefined);
  position.take(snapshot(5));
  return position;
}

test('a new watcher begins with a snapshot at any seq', () => {
  expect(atFive().cursor).toBe(5);
});

test('an event before any snapshot is a hole for a new watcher', () => {
  expect(() => new Position(undefined).take(progress(1))).toThrow(SequenceError);
});

test('a watcher with a cursor needs no snapshot, and has no state before one', () => {
  const position = new Position(5);
  expect(position.take(progress(6))).toBe(true);
  expect(position.snapshot).toBeUndefined();
  position.take(snapshot(9, { gap: { from: 7, to: 9 } }));
  position.take(progress(10));
  expect(position.snapshot?.state.percent).toBe(10);
});

test('an event that is not the next one is a hole, and changes nothing', () => {
  const position = atFive();
  expect(() => position.take(progress(7))).toThrow(SequenceError);
  expect(position.cursor).toBe(5);
});

test('such an event is a hole for a watcher without a state too', () => {
  expect(() => new Position(5).take(progress(7))).toThrow(SequenceError);
});

test('an event at or before the cursor is a duplicate', () => {
  expect(atFive().take(progress(5))).toBe(false);
});

test('a merged event takes the place of its whole range', () => {
  const position = atFive();
  expect(position.take(progress(9, 6))).toBe(true);
  expect(position.cursor).toBe(9);
});

test('a merged event whose range begins too late is a hole', () => {
  expect(() => atFive().take(progress(9, 7))).toThrow(SequenceError);
});

test('a merged event that the watcher has in part is a hole: it cannot be split', () => {
  expect(() => atFive().take(progress(9, 4))).toThrow(SequenceError);
});

test('a snapshot with a gap is accepted, even one before the cursor', () => {
  const position = atFive();
  expect(position.take(snapshot(9, { gap: { from: 6, to: 9 } }))).toBe(true);
  expect(position.take(snapshot(2, { gap: { from: 3, to: 9 } }))).toBe(true);
  expect(position.cursor).toBe(2);
});

test('a snapshot that skips events without a gap is a hole', () => {
  expect(() => atFive().take(snapshot(6))).toThrow(SequenceError);
});

test('a snapshot at the cursor is a duplicate unless it is terminal', () => {
  expect(atFive().take(snapshot(5))).toBe(false);
  expect(atFive().take(snapshot(5, { status: 'done' }))).toBe(true);
});

test('values of channels are folded onto the channels of the snapshot', () => {
  const position = new Position(undefined);
  const { state } = snapshot(5);
  const channels = { channels: { notes: ['b', 'c'], preview: 1 }, channelCounts: { notes: 3 } };
  position.take({ type: 'snapshot', seq: 5, state: { ...state, ...channels } });
  position.take({ ...base, type: 'data', seq: 6, channel: 'notes', keep: 2, index: 3, values: ['d'] });
  position.take({ ...base, type: 'data', fromSeq: 7, seq: 9, channel: 'preview', value: 4 });
  expect(position.snapshot?.state).toMatchObject({
    channels: { notes: ['c', 'd'], preview: 4 },
    channelCounts: { notes: 4 },
  });
});
