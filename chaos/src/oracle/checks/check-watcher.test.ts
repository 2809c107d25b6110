import { describe, expect, it } from 'vitest';
import { countedTask, event, truthOf } from '../../testing/truth-of.ts';
import type { RecordEntry } from '../../watchers/record.ts';
import { checkWatcher } from './check-watcher.ts';
import { figuresOf, type Figures } from '../findings.ts';
import { taskRules } from '../rules/task-rules.ts';

const EVENTS = countedTask(10);
const LAST = EVENTS.length;
const NONE = figuresOf([]);

function snapshot(seq: number, more: Record<string, unknown> = {}) {
  const status = seq === 0 ? 'queued' : seq === 1 ? 'queued' : seq === LAST ? 'done' : 'running';
  const current = Math.min(10, Math.max(0, seq - 3));
  const stage = { name: 'count', weight: 1, status: stageStatus(seq), current, total: current > 0 ? 10 : 0 };
  const state = {
    status,
    percent: current * 10,
    stages: seq === 0 ? [] : [stage],
    ...(seq === LAST ? { output: { counted: 10 } } : {}),
  };
  return { type: 'snapshot', seq, state, ...more };
}

function stageStatus(seq: number): string {
  if (seq < 3) return 'pending';
  return seq > 13 ? 'done' : 'running';
}

function messages(list: readonly object[]): RecordEntry[] {
  return list.map((message) => ({ what: 'message', at: 0, message }));
}

const ENDED: RecordEntry = { what: 'ended', at: 0, how: 'return' };

function figures(entries: readonly RecordEntry[], events: readonly object[] = EVENTS): Figures {
  return figuresOf(checkWatcher('watcher', entries, taskRules(truthOf(events))).findings);
}

/** Everything from the snapshot at `seq` on. */
function whole(seq: number): object[] {
  return [snapshot(seq), ...EVENTS.slice(seq)];
}

describe('a record without fault', () => {
  it.each([0, 1, 2, 5, LAST - 1, LAST])('is a snapshot at %i and every event after it', (seq) => {
    expect(figures([...messages(whole(seq)), ENDED])).toEqual(NONE);
  });

  it('may have a gap that a snapshot reports', () => {
    const list = [snapshot(2), EVENTS[2], snapshot(8, { gap: { from: 4, to: 8 } }), ...EVENTS.slice(8)];
    const { findings, gapsReported } = checkWatcher(
      'w',
      [...messages(list.filter(Boolean).map(Object)), ENDED],
      rules(),
    );
    expect(findings).toEqual([]);
    expect(gapsReported).toBe(1);
  });

  it('may have merged progress with the seqs that it covers', () => {
    const merged = { ...EVENTS[7], fromSeq: 5 };
    expect(figures([...messages([snapshot(4), merged, ...EVENTS.slice(8)]), ENDED])).toEqual(NONE);
  });

  it('may have tokens that were merged, with all of their text', () => {
    const tokens = ['one ', 'two ', 'three'].map((text, place) =>
      event(place + 4, 'token', { stage: 'count', text, offset: ['', 'one ', 'one two '][place]?.length }),
    );
    const events = [...EVENTS.slice(0, 3), ...tokens, event(7, 'canceled')];
    const merged = { ...tokens[2], fromSeq: 4, offset: 0, text: 'one two three' };
    expect(figures([...messages([snapshot(3), merged, events[6] ?? {}]), ENDED], events)).toEqual(NONE);
    const short = { ...merged, text: 'one three' };
    expect(figures([...messages([snapshot(3), short, events[6] ?? {}]), ENDED], events)).toEqual({ ...NONE, lost: 1 });
  });

  it('may have values of channels that were merged, with the last items that the list keeps', () => {
    const notes = ['a', 'b', 'c'].map((note, index) =>
      event(index + 4, 'data', { channel: 'notes', keep: 2, index, values: [note] }),
    );
    const previews = [7, 8].map((value) => event(value, 'data', { channel: 'preview', value }));
    const events = [...EVENTS.slice(0, 3), ...notes, ...previews, event(9, 'canceled')];
    const list = { ...notes[2], fromSeq: 4, index: 1, values: ['b', 'c'] };
    const latest = { ...previews[1], fromSeq: 7 };
    const sent = (...merged: object[]) => [...messages([snapshot(3), ...merged, events.at(-1) ?? {}]), ENDED];
    expect(figures(sent(list, latest), events)).toEqual(NONE);
    for (const wrong of [
      { ...list, values: ['a', 'c'] },
      { ...list, index: 0 },
    ]) {
      expect(figures(sent(wrong, latest), events)).toEqual({ ...NONE, lost: 1 });
    }
    expect(figures(sent(list, { ...latest, value: 7 }), events)).toEqual({ ...NONE, lost: 1 });
    expect(figures(sent({ ...latest, fromSeq: 4 }), events)).toEqual({ ...NONE, lost: 1 });
  });

  it('may have a snapshot with the channels as the events give them', () => {
    const sent = [
      event(4, 'data', { channel: 'notes', keep: 2, index: 0, values: ['a', 'b', 'c'] }),
      event(5, 'data', { channel: 'preview', value: ['x'] }),
      event(6, 'data', { channel: 'notes', keep: 2, index: 2, values: ['d'] }),
    ];
    const events = [...EVENTS.slice(0, 3), ...sent, event(7, 'canceled')];
    const { state } = snapshot(3);
    const watch = (channels: object, channelCounts: object) =>
      figures(
        [...messages([snapshot(6, { state: { ...state, channels, channelCounts } }), events[6] ?? {}]), ENDED],
        events,
      );
    expect(watch({ notes: ['b', 'd'], preview: ['x'] }, { notes: 3 })).toEqual(NONE);
    expect(watch({ notes: ['b', 'c'], preview: ['x'] }, { notes: 3 })).toEqual({ ...NONE, silentGaps: 1 });
    expect(watch({ notes: ['b', 'd'], preview: ['x'] }, { notes: 4 })).toEqual({ ...NONE, silentGaps: 1 });
    expect(watch({ notes: ['b', 'd'] }, { notes: 3 })).toEqual({ ...NONE, silentGaps: 1 });
  });
});

function rules() {
  return taskRules(truthOf(EVENTS));
}

describe('a planted fault', () => {
  it('lost: an event that never comes', () => {
    const list = whole(2).filter((_, place) => place !== 5);
    expect(figures([...messages(list), ENDED])).toEqual({ ...NONE, lost: 1, silentGaps: 1 });
  });

  it('lost: a stream that ends before the end', () => {
    expect(figures([...messages(whole(2).slice(0, -3)), ENDED])).toEqual({ ...NONE, lost: 3 });
  });

  it('lost: an event with other contents', () => {
    const list = whole(2).map((message, place) => (place === 5 ? { ...message, percent: 99 } : message));
    expect(figures([...messages(list), ENDED])).toEqual({ ...NONE, lost: 1 });
  });

  it('lost: merged progress that is not the last one', () => {
    const merged = { ...EVENTS[6], seq: 8, fromSeq: 5 };
    expect(figures([...messages([snapshot(4), merged, ...EVENTS.slice(8)]), ENDED])).toEqual({ ...NONE, lost: 1 });
  });

  it('lost: events of several sorts that were merged', () => {
    const merged = { ...EVENTS[4], fromSeq: 3 };
    expect(figures([...messages([snapshot(2), merged, ...EVENTS.slice(5)]), ENDED])).toEqual({ ...NONE, lost: 1 });
  });

  it('duplicated: an event that comes twice', () => {
    const list = whole(2);
    list.splice(5, 0, list[4] ?? {});
    expect(figures([...messages(list), ENDED])).toEqual({ ...NONE, duplicated: 1 });
  });

  it('duplicated: the state is sent again although no event was missed', () => {
    const list = whole(2);
    list.splice(4, 0, snapshot(5));
    expect(figures([...messages(list), ENDED])).toEqual({ ...NONE, duplicated: 1 });
  });

  it('outOfOrder: two events that change places', () => {
    const list = whole(2);
    list.splice(4, 2, list[5] ?? {}, list[4] ?? {});
    expect(figures([...messages(list), ENDED])).toEqual({ ...NONE, outOfOrder: 1, silentGaps: 1 });
  });

  it('outOfOrder: an earlier state after a later one', () => {
    const list = whole(2);
    list.splice(6, 0, snapshot(4));
    expect(figures([...messages(list), ENDED])).toEqual({ ...NONE, outOfOrder: 1 });
  });

  it('silentGaps: a snapshot that leaves events out without a gap', () => {
    const list = [snapshot(2), ...EVENTS.slice(2, 4), snapshot(8), ...EVENTS.slice(8)];
    expect(figures([...messages(list), ENDED])).toEqual({ ...NONE, lost: 4, silentGaps: 1 });
  });

  it('silentGaps: a gap that names too few', () => {
    const list = [snapshot(2), snapshot(8, { gap: { from: 5, to: 8 } }), ...EVENTS.slice(8)];
    expect(figures([...messages(list), ENDED])).toEqual({ ...NONE, lost: 2, silentGaps: 1 });
  });

  it('silentGaps: no snapshot at the begin', () => {
    expect(figures([...messages(EVENTS.slice(4)), ENDED])).toEqual({ ...NONE, silentGaps: 1 });
  });

  it('silentGaps: a snapshot whose state is older than its seq', () => {
    const list = [{ ...snapshot(4), seq: 6 }, ...EVENTS.slice(6)];
    expect(figures([...messages(list), ENDED])).toEqual({ ...NONE, silentGaps: 1 });
  });

  it('stuck: a watcher that does not get the end', () => {
    expect(figures(messages(whole(2).slice(0, -1)))).toEqual({ ...NONE, stuck: 1 });
  });

  it('stuck: a watcher that is refused for good', () => {
    const failed: RecordEntry = { what: 'failed', at: 0, reason: 'HTTP 404' };
    expect(figures([...messages(whole(2).slice(0, 3)), failed])).toEqual({ ...NONE, stuck: 1 });
  });

  it('a cursor that is not the seq of its message', () => {
    const entries = messages(whole(2)).map((entry, place) => (place === 3 ? { ...entry, id: '4' } : entry));
    expect(figures([...entries, ENDED])).toEqual({ ...NONE, outOfOrder: 1 });
  });
});

describe('a log that was lost and restored', () => {
  const FIRST = 17_000_000_000_001;
  const restored = [
    ...EVENTS.slice(0, 8),
    event(FIRST, 'retrying', { delayMs: 0, error: { code: 'EVENTS_LOST', message: 'lost' } }),
    event(FIRST + 1, 'started', { attempt: 2, workerId: 'w' }),
    event(FIRST + 2, 'canceled', { attempt: 2 }),
  ];
  const gap = { from: 9, to: FIRST };
  const snapshotAfterLoss = (current: number) => ({
    ...snapshot(current + 3, { gap }),
    seq: FIRST,
    state: { ...snapshot(current + 3).state, status: 'retrying' },
  });

  it('may have kept any earlier state, if the watcher gets it as a gap', () => {
    for (const current of [1, 3, 5]) {
      const list = [...whole(2).slice(0, 7), snapshotAfterLoss(current), ...restored.slice(9)];
      expect(figures([...messages(list), ENDED], restored)).toEqual(NONE);
    }
  });

  it('may have kept that a cancel was asked for, if it was', () => {
    const list = [
      ...whole(2).slice(0, 7),
      { ...snapshotAfterLoss(2), state: { ...snapshotAfterLoss(2).state, status: 'canceling' } },
    ];
    const entries = [...messages([...list, ...restored.slice(9)]), ENDED];
    const verdict = (wasAsked: boolean) => checkWatcher('w', entries, taskRules(truthOf(restored), wasAsked)).findings;
    expect(figuresOf(verdict(true))).toEqual(NONE);
    expect(figuresOf(verdict(false))).toEqual({ ...NONE, silentGaps: 1 });
  });

  it('silentGaps: a leap that no gap reports', () => {
    const list = [...whole(2).slice(0, 7), ...restored.slice(8)];
    expect(figures([...messages(list), ENDED], restored)).toEqual({ ...NONE, silentGaps: 1 });
  });
});

describe('a log that Redis had no room for when its task was created', () => {
  const FIRST = 17_000_000_000_001;
  const begun = [
    event(FIRST, 'queued', { kind: 'demo.count', stages: [{ name: 'count' }] }),
    event(FIRST + 1, 'canceled'),
  ];
  const blank = { percent: 0, stages: [] };

  it.each(['canceling', 'queued'])('may begin as %s, if a cancel was asked for', (status) => {
    const entries: RecordEntry[] = [
      ...messages([{ type: 'snapshot', seq: FIRST - 1, state: { ...blank, status } }, ...begun]),
      ENDED,
    ];
    const verdict = (wasAsked: boolean) => checkWatcher('w', entries, taskRules(truthOf(begun), wasAsked)).findings;
    expect(figuresOf(verdict(true))).toEqual(NONE);
    expect(figuresOf(verdict(false)).silentGaps).toBe(status === 'canceling' ? 1 : 0);
  });
});
