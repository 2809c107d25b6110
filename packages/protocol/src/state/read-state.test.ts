import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readState } from './read-state.ts';
import { initialTaskState, taskStateSchema, type TaskState } from './state.ts';

const stage = { name: 'read', weight: 1, status: 'running', current: 1, total: 2 } as const;
const state: TaskState = {
  ...initialTaskState({ taskId: 't', projectId: 'p', kind: 'a.b' }),
  ...{ status: 'running', percent: 40, stages: [stage], logs: [{ at: 1, level: 'info', message: 'x' }] },
};
const waiting = { reason: 'kind', kind: 'a.b' };
const fallback: TaskState = { ...initialTaskState({ taskId: 't', projectId: 'p', kind: 'a.b' }), percent: 7 };

describe('readState (MUST 19)', () => {
  it('returns a readable state unchanged', () => {
    expect(readState(state, fallback)).toEqual(state);
    const withChannels = {
      ...state,
      channels: { preview: 1, notes: ['a', 'b'] },
      channelCounts: { notes: 7 },
      unreadableChannels: ['x'],
    };
    expect(readState(withChannels, fallback)).toEqual(withChannels);
  });

  it.each([
    ['a status of a later version', { ...state, status: 'paused' }, { ...state, status: 'queued' }],
    [
      'an attempt that is no number, while it waits for a worker',
      { ...state, waiting, attempt: 'first' },
      { ...state, waiting },
    ],
    ['a percent that is none', { ...state, percent: 'much' }, { ...state, percent: 7 }],
    [
      'a stage of a later version',
      {
        ...state,
        stages: [
          { ...stage, status: 'paused' },
          { ...stage, name: 'write' },
        ],
      },
      { ...state, stages: [{ ...stage, name: 'write' }] },
    ],
    ['stages that are no list', { ...state, stages: 'none' }, { ...state, stages: [] }],
    [
      'channels that are no record',
      { ...state, channels: [1], channelCounts: { notes: 4 } },
      { ...state, channelCounts: { notes: 4 } },
    ],
    [
      'a count that is none',
      { ...state, channels: { notes: ['a'] }, channelCounts: { notes: -1 } },
      { ...state, channels: { notes: ['a'] } },
    ],
    ['an error without a code', { ...state, error: { message: 'x' } }, state],
    ['no object at all', 'a state', fallback],
    ['nothing', null, fallback],
  ])('keeps every readable part of a state with %s, and marks it incomplete', (_what, stored, expected) => {
    expect(readState(stored, fallback)).toEqual({ ...expected, incomplete: true });
  });

  it('gives a state for any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(taskStateSchema.safeParse(readState(value, fallback)).success).toBe(true);
      }),
    );
  });
});
