import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance } from '../state/advance.ts';
import { compact, firstSeq } from './compact.ts';
import type { TaskEvent } from './event.ts';
import { reduce } from '../state/reduce.ts';
import type { TaskSnapshot } from '../messages/snapshot.ts';
import { initialTaskState } from '../state/state.ts';

const stage = fc.constantFrom('read', 'write');
const channel = fc.constantFrom('preview', 'notes');
const draft = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ type: fc.constant('token' as const), stage, text: fc.string(), again: fc.boolean() }),
  },
  {
    weight: 5,
    arbitrary: fc.record(
      {
        type: fc.constant('progress' as const),
        stage,
        current: fc.nat(9),
        total: fc.constant(9),
        percent: fc.nat(100),
        itemName: fc.string(),
        message: fc.string(),
        eta: fc.record({ ms: fc.nat(), lowMs: fc.nat(), highMs: fc.nat() }),
      },
      { requiredKeys: ['type', 'stage', 'current', 'total', 'percent'] },
    ),
  },
  {
    weight: 5,
    arbitrary: fc.record({ type: fc.constant('data' as const), channel, value: fc.jsonValue() }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      type: fc.constant('data' as const),
      channel,
      keep: fc.constantFrom(1, 3, 3, 3, 3),
      again: fc.option(fc.nat(12), { freq: 4 }),
      values: fc.array(fc.jsonValue(), { maxLength: 4 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('log' as const),
      level: fc.constant('info' as const),
      message: fc.string(),
    }),
  },
);

/** A log's events: tokens continue their stage's text, or begin it again; values of a list likewise, at any index. */
function eventsOf(drafts: readonly (typeof draft extends fc.Arbitrary<infer Draft> ? Draft : never)[]): TaskEvent[] {
  const lengths = new Map<string, number>();
  return drafts.map((each, index): TaskEvent => {
    const base = { taskId: 't', projectId: 'p', seq: index + 1, attempt: 1 + Math.floor(index / 20), at: index };
    if (each.type === 'data' && 'values' in each) {
      const { again, ...list } = each;
      const index = again ?? lengths.get(`list ${each.channel}`) ?? 0;
      lengths.set(`list ${each.channel}`, index + each.values.length);
      return { ...base, ...list, index };
    }
    if (each.type !== 'token') return { ...base, ...each };
    const { type, text, again } = each;
    const offset = again ? 0 : (lengths.get(each.stage) ?? 0);
    lengths.set(each.stage, offset + text.length);
    return { ...base, type, stage: each.stage, text, offset };
  });
}

const started: TaskSnapshot = {
  seq: 0,
  state: {
    ...initialTaskState({ taskId: 't', projectId: 'p', kind: 'k' }),
    stages: ['read', 'write'].map((name) => ({ name, weight: 1, status: 'running' as const, current: 0, total: 0 })),
  },
};

describe('compact', () => {
  it('keeps the folded state, and covers every seq once and in order', () => {
    fc.assert(
      fc.property(fc.array(draft, { maxLength: 60 }), (drafts) => {
        const events = eventsOf(drafts);
        const compacted = compact(events);
        expect(compacted.reduce(advance, started)).toEqual(events.reduce(advance, started));
        const covered = compacted.flatMap((event) =>
          Array.from({ length: event.seq - firstSeq(event) + 1 }, (_, index) => firstSeq(event) + index),
        );
        expect(covered).toEqual(events.map(({ seq }) => seq));
      }),
    );
  });

  it('gives the same result for events that were compacted in pieces before', () => {
    fc.assert(
      fc.property(fc.array(draft, { maxLength: 40 }), fc.nat(40), (drafts, cut) => {
        const events = eventsOf(drafts);
        const pieces = [...compact(events.slice(0, cut)), ...compact(events.slice(cut))];
        expect(compact(pieces).reduce(advance, started)).toEqual(events.reduce(advance, started));
      }),
    );
  });

  it('gives the same state on top of events that were not merged', () => {
    fc.assert(
      fc.property(fc.array(draft, { maxLength: 40 }), fc.nat(40), (drafts, cut) => {
        const events = eventsOf(drafts);
        const before = events.slice(0, cut).reduce(advance, started);
        expect(compact(events.slice(cut)).reduce(advance, before)).toEqual(events.reduce(advance, started));
      }),
    );
  });

  it('merges many tokens into few events of bounded length', () => {
    const drafts = Array.from({ length: 3_000 }, () => {
      return { type: 'token' as const, stage: 'write' as const, text: 'x'.repeat(100), again: false };
    });
    const compacted = compact(eventsOf(drafts).map((event) => ({ ...event, attempt: 1 })));
    expect(compacted.length).toBeLessThan(10);
    for (const event of compacted) expect(event.type === 'token' && event.text.length).toBeLessThanOrEqual(65_536);
  });

  const list = (seq: number, index: number, values: unknown[]): TaskEvent => {
    return {
      taskId: 't',
      projectId: 'p',
      seq,
      attempt: 1,
      at: 1,
      type: 'data',
      channel: 'notes',
      keep: 3,
      index,
      values,
    };
  };
  const latest = (seq: number, value: string): TaskEvent => {
    return { taskId: 't', projectId: 'p', seq, attempt: 1, at: 1, type: 'data', channel: 'preview', value };
  };

  it('keeps the last of neighbouring values of a `latest` channel', () => {
    expect(compact([latest(1, 'a'), latest(2, 'b'), list(3, 0, ['x']), latest(4, 'c')])).toEqual([
      { ...latest(2, 'b'), fromSeq: 1 },
      list(3, 0, ['x']),
      latest(4, 'c'),
    ]);
  });

  it('joins neighbouring values of a `list` channel, as many as the state keeps; the index moves along', () => {
    expect(compact([list(1, 0, ['a']), list(2, 1, ['b'])])).toEqual([{ ...list(2, 0, ['a', 'b']), fromSeq: 1 }]);
    const merged = compact([list(1, 0, ['a', 'b']), list(2, 2, ['c']), list(3, 3, ['d', 'e'])]);
    expect(merged).toEqual([{ ...list(3, 2, ['c', 'd', 'e']), fromSeq: 1 }]);
  });

  it('merges no values that begin the list again, and none under another `keep`', () => {
    const again = [list(1, 0, ['a', 'b']), list(2, 0, ['c'])];
    expect(compact(again)).toEqual(again);
    const widened = [list(1, 0, ['a']), { ...list(2, 1, ['b']), keep: 4 }];
    expect(compact(widened)).toEqual(widened);
  });

  it('merges many values into few events of bounded length', () => {
    const events = Array.from({ length: 300 }, (_, index) => {
      return { ...list(index + 1, index, ['x'.repeat(1_000)]), keep: 1_000 };
    });
    const compacted = compact(events);
    expect(compacted.length).toBeLessThan(10);
    for (const event of compacted) expect(JSON.stringify(event).length).toBeLessThanOrEqual(65_536 + 200);
  });

  it('merges only tokens, progress and data', () => {
    const log = (seq: number): TaskEvent => {
      return { taskId: 't', projectId: 'p', seq, attempt: 1, at: 1, type: 'log', level: 'info', message: 'x' };
    };
    const events = [log(1), log(2), log(3)];
    expect(compact(events)).toEqual(events);
    expect(events.reduce(reduce, started.state).logs).toHaveLength(3);
  });
});
