import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SequenceError, advance, fold, receive } from './advance.ts';
import type { TaskEvent, TaskEventDraft } from '../events/event.ts';
import { reduce } from './reduce.ts';
import { STATE_LOG_LINES, initialTaskState, taskStateSchema } from './state.ts';

const task = { taskId: 'task-1', projectId: 'project-1', kind: 'test.kind' };
const initial = initialTaskState(task);
const stages = [
  { name: 'first', weight: 3 },
  { name: 'second', weight: 1 },
];

/** Drafts with the fields that the log adds. */
function log(...drafts: (TaskEventDraft & { attempt?: number })[]): TaskEvent[] {
  return drafts.map((draft, index) => ({
    taskId: 'task-1',
    projectId: 'project-1',
    seq: index + 1,
    attempt: 1,
    at: 1_000 + index,
    ...draft,
  }));
}

const queued: TaskEventDraft = { type: 'queued', kind: 'test.kind', priority: 5, stages };

const stageName = fc.constantFrom('first', 'second');
const anyDraft: fc.Arbitrary<TaskEventDraft> = fc.oneof(
  fc.record({ type: fc.constant('started' as const), workerId: fc.string() }),
  fc.record({
    type: fc.constant('stage' as const),
    stage: stageName,
    status: fc.constantFrom('running' as const, 'done' as const, 'failed' as const),
    weight: fc.integer({ min: 1, max: 5 }),
  }),
  fc.record({
    type: fc.constant('progress' as const),
    stage: stageName,
    current: fc.nat(100),
    total: fc.nat(100),
    percent: fc.nat(100),
  }),
  fc.record({ type: fc.constant('token' as const), stage: stageName, text: fc.string(), offset: fc.nat(20) }),
  fc.record({ type: fc.constant('log' as const), level: fc.constant('info' as const), message: fc.string() }),
  fc.record({ type: fc.constant('data' as const), channel: fc.constantFrom('a', 'b'), value: fc.jsonValue() }),
  fc.record({
    type: fc.constant('data' as const),
    channel: fc.constantFrom('a', 'b'),
    keep: fc.integer({ min: 1, max: 4 }),
    index: fc.nat(9),
    values: fc.array(fc.jsonValue(), { maxLength: 5 }),
  }),
  fc.record({
    type: fc.constant('retrying' as const),
    delayMs: fc.nat(),
    error: fc.constant({ code: 'FAILED', message: 'no' }),
  }),
  fc.record({ type: fc.constant('canceling' as const), requestedBy: fc.string() }),
);
const anyLog = fc.array(anyDraft, { maxLength: 40 }).map((drafts) => log(queued, ...drafts));

describe('the reducer', () => {
  it('keeps the highest percent across stages and attempts (MUST 8)', () => {
    fc.assert(
      fc.property(anyLog, (events) => {
        let state = initial;
        for (const event of events) {
          const next = reduce(state, event);
          expect(next.percent).toBeGreaterThanOrEqual(state.percent);
          state = next;
        }
      }),
    );
  });

  it('gives a state that fits its schema for any events', () => {
    fc.assert(fc.property(anyLog, (events) => void taskStateSchema.parse(fold(initial, events))));
  });

  it('gives the same state from a snapshot in the middle as from the beginning (MUST 2)', () => {
    fc.assert(
      fc.property(anyLog, fc.nat(40), (events, cut) => {
        const middle = JSON.parse(JSON.stringify(fold(initial, events.slice(0, cut))));
        expect(fold(taskStateSchema.parse(middle), events.slice(cut))).toEqual(fold(initial, events));
      }),
    );
  });

  it('does not mutate the given state', () => {
    fc.assert(
      fc.property(anyLog, (events) => {
        const before = JSON.stringify(initial);
        fold(initial, events);
        expect(JSON.stringify(initial)).toBe(before);
      }),
    );
  });

  it('has the planned stages from the first event on', () => {
    expect(fold(initial, log(queued)).stages.map(({ name, status }) => ({ name, status }))).toEqual([
      { name: 'first', status: 'pending' },
      { name: 'second', status: 'pending' },
    ]);
  });

  it('computes percent from the weights of the finished stages', () => {
    const done: TaskEventDraft = { type: 'stage', stage: 'first', status: 'done', weight: 3 };
    expect(fold(initial, log(queued, done)).percent).toBe(75);
  });

  it('joins tokens by offset, so that an attempt that begins the text again replaces it', () => {
    const token = (text: string, offset: number): TaskEventDraft => ({ type: 'token', stage: 'first', text, offset });
    const state = fold(initial, log(queued, token('Hello ', 0), token('wor', 6), token('Hi', 0), token(' you', 2)));
    expect(state.stages[0]?.text).toBe('Hi you');
  });

  it('shows a requested cancel until the task ends, even if the attempt still writes', () => {
    const canceling: TaskEventDraft = { type: 'canceling', requestedBy: 'someone' };
    const retrying: TaskEventDraft = { type: 'retrying', delayMs: 1, error: { code: 'FAILED', message: 'no' } };
    const running = fold(initial, log(queued, canceling, { type: 'started', workerId: 'w' }, retrying));
    expect(running.status).toBe('canceling');
    const ended = fold(initial, log(queued, canceling, { type: 'canceled', reason: 'asked' }));
    expect(ended).toMatchObject({ status: 'canceled', canceledReason: 'asked' });
  });

  it('drops the failure of an attempt once the next one begins', () => {
    const retrying: TaskEventDraft = { type: 'retrying', delayMs: 9, error: { code: 'FAILED', message: 'no' } };
    const waiting = fold(initial, log(queued, retrying));
    expect(waiting).toMatchObject({ status: 'retrying', retryDelayMs: 9, error: { code: 'FAILED' } });
    const again = fold(initial, log(queued, retrying, { type: 'started', workerId: 'w' }));
    expect(again.status).toBe('running');
    expect(again).not.toHaveProperty('error');
    expect(again).not.toHaveProperty('retryDelayMs');
  });

  it('ends every running stage of a done task, planned or not', () => {
    const running = (stage: string): TaskEventDraft => ({ type: 'stage', stage, status: 'running', weight: 1 });
    fc.assert(
      fc.property(fc.array(fc.constantFrom('first', 'second', 'renamed')), (names) => {
        const before = fold(initial, log(queued, ...names.map(running)));
        const after = fold(initial, log(queued, ...names.map(running), { type: 'done', output: 1, durationMs: 1 }));
        expect(after.stages.map(({ status }) => status)).not.toContain('running');
        expect(after.stages.map(({ name }) => name)).toEqual(before.stages.map(({ name }) => name));
      }),
    );
  });

  it('keeps the reason for waiting until the task is started, retried, canceled or ended', () => {
    const waiting = { reason: 'kind', kind: 'test.kind' };
    const wait: TaskEventDraft = { type: 'log', level: 'warn', message: 'waiting', waiting };
    expect(fold(initial, log(queued, wait))).toMatchObject({ waiting, logs: [{ message: 'waiting' }] });
    expect(fold(initial, log(queued, wait, { type: 'log', level: 'info', message: 'more' }))).toMatchObject({
      waiting,
    });
    const over: TaskEventDraft[] = [
      { type: 'started', workerId: 'w' },
      { type: 'retrying', delayMs: 1, error: { code: 'CODE', message: '' } },
      { type: 'canceling', requestedBy: 'ada' },
      { type: 'canceled' },
    ];
    for (const draft of over) expect(fold(initial, log(queued, wait, draft))).not.toHaveProperty('waiting');
  });

  it('keeps only the latest log lines', () => {
    const lines = Array.from({ length: STATE_LOG_LINES + 5 }, (_, index): TaskEventDraft => ({
      type: 'log',
      level: 'info',
      message: String(index),
    }));
    const state = fold(initial, log(queued, ...lines));
    expect(state.logs).toHaveLength(STATE_LOG_LINES);
    expect(state.logs.at(-1)?.message).toBe(String(STATE_LOG_LINES + 4));
  });
});

describe('advance', () => {
  const [first, second, third] = log(
    queued,
    { type: 'started', workerId: 'w' },
    { type: 'done', output: 1, durationMs: 1 },
  );
  if (first === undefined || second === undefined || third === undefined) throw new Error('three events were made');
  const start = { seq: 0, state: initial };

  it('accepts only the next event', () => {
    expect(advance(start, first).seq).toBe(1);
    expect(() => advance(start, second)).toThrow(SequenceError);
    expect(() => advance(advance(start, first), first)).toThrow(new SequenceError(2, 1));
  });

  it('accepts a merged event whose range begins right after the snapshot', () => {
    const token = { type: 'token', stage: 'first', text: 'x', offset: 0 } as const;
    const merged: TaskEvent = { taskId: 't', projectId: 'p', attempt: 1, at: 1, ...token, seq: 5, fromSeq: 1 };
    expect(advance(start, merged).seq).toBe(5);
    expect(() => advance({ ...start, seq: 1 }, merged)).toThrow(SequenceError);
  });

  it('is replaced by a snapshot message; refuses events before any snapshot', () => {
    expect(receive({ seq: 9, state: initial }, { type: 'snapshot', seq: 3, state: initial })).toEqual({
      seq: 3,
      state: initial,
    });
    expect(() => receive(undefined, first)).toThrow(SequenceError);
  });
});
