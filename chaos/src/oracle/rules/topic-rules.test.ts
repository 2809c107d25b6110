import { describe, expect, it } from 'vitest';
import { countedTask, truthOf } from '../../testing/truth-of.ts';
import type { RecordEntry } from '../../watchers/record.ts';
import { checkTopic, isLifecycle } from '../checks/check-topic.ts';
import { checkWatcher } from '../checks/check-watcher.ts';
import { figuresOf } from '../findings.ts';
import { topicRules, type TopicFilter } from './topic-rules.ts';

const BEGIN = 17_000_000_000_000;
const TASK = countedTask(5);
const ENTRIES = TASK.map((event, place) => ({ type: 'event', seq: BEGIN + place + 1, event }));
const TOPIC = truthOf(ENTRIES, 'taskwire:{p}:topic:log');
const NONE = figuresOf([]);

function figures(messages: readonly object[], filter?: TopicFilter) {
  const entries = messages.map((message): RecordEntry => ({ what: 'message', at: 0, message }));
  return figuresOf(checkWatcher('watcher', entries, topicRules(TOPIC, filter)).findings);
}

function snapshot(seq: number, tasks: object[], more: object = {}) {
  return { type: 'snapshot', seq, state: { tasks }, ...more };
}

const EMPTY = snapshot(BEGIN, []);

describe('a watcher of a topic', () => {
  it('gets a snapshot and every entry after it', () => {
    expect(figures([EMPTY, ...ENTRIES])).toEqual(NONE);
  });

  it('may begin in the middle, with the tasks that are unfinished there', () => {
    const begin = snapshot(BEGIN + 3, [{ taskId: 't', status: 'running' }]);
    expect(figures([begin, ...ENTRIES.slice(3)])).toEqual(NONE);
  });

  it('may leave out events outside the filter, if `fromSeq` names them', () => {
    const [, , , ...progress] = ENTRIES;
    const first = { ...progress[0], fromSeq: BEGIN + 1 };
    const end = { type: 'skipped', fromSeq: BEGIN + 9, seq: BEGIN + 10 };
    expect(figures([EMPTY, first, ...progress.slice(1, 5), end], { types: ['progress'] })).toEqual(NONE);
  });

  it('silentGaps: a snapshot that has forgotten a task', () => {
    expect(figures([snapshot(BEGIN + 3, []), ...ENTRIES.slice(3)])).toEqual({ ...NONE, silentGaps: 1 });
  });

  it('silentGaps: a snapshot that shows an ended task as running', () => {
    const end = BEGIN + ENTRIES.length;
    expect(figures([snapshot(end, [{ taskId: 't', status: 'running' }])])).toEqual({ ...NONE, silentGaps: 1 });
  });

  it('lost: an event inside the filter that is skipped', () => {
    const skipped = { type: 'skipped', fromSeq: BEGIN + 1, seq: BEGIN + 5 };
    expect(figures([EMPTY, skipped, ...ENTRIES.slice(5)], { types: ['progress'] }).lost).toBeGreaterThan(0);
  });

  it('lost: an entry that no message reports', () => {
    expect(figures([EMPTY, ...ENTRIES.filter((_, place) => place !== 4)])).toEqual({ ...NONE, lost: 1, silentGaps: 1 });
  });

  it('stuck: the latest entries did not arrive', () => {
    expect(figures([EMPTY, ...ENTRIES.slice(0, -2)])).toEqual({ ...NONE, stuck: 1 });
  });
});

describe('checkTopic', () => {
  const tasks = new Map([['t', truthOf(TASK)]]);

  it('finds nothing in a topic with all events', () => {
    expect(checkTopic(TOPIC, tasks, () => true)).toEqual([]);
  });

  it('finds an event of a task that the topic does not tell', () => {
    const holed = truthOf(ENTRIES.filter((_, place) => place !== 1));
    expect(figuresOf(checkTopic(holed, tasks, isLifecycle))).toEqual({ ...NONE, lost: 1 });
    expect(checkTopic(truthOf(ENTRIES.filter((_, place) => place !== 5)), tasks, isLifecycle)).toEqual([]);
  });

  it('finds an event that comes twice, or too late', () => {
    const last = { type: 'event', seq: BEGIN + ENTRIES.length + 1 };
    expect(figuresOf(checkTopic(truthOf([...ENTRIES, { ...last, event: TASK.at(-1) }]), tasks, isLifecycle))).toEqual({
      ...NONE,
      duplicated: 1,
    });
    expect(figuresOf(checkTopic(truthOf([...ENTRIES, { ...last, event: TASK[1] }]), tasks, isLifecycle))).toEqual({
      ...NONE,
      outOfOrder: 1,
    });
  });
});

describe('the state of a topic', () => {
  const said = (seqInTask: number, wasAsked: boolean) => {
    const queued = { ...TASK[0], seq: seqInTask };
    const topic = truthOf([{ type: 'event', seq: BEGIN + 1, event: queued }], 'taskwire:{p}:topic:log');
    const state = { tasks: [{ taskId: 't', status: 'canceling' }] };
    return topicRules(topic, {}, () => wasAsked).stateProblem({ type: 'snapshot', seq: BEGIN + 1, state });
  };

  it('may include a cancel from before the restore of the log', () => {
    expect(said(17_000_000_000_001, true)).toBeUndefined();
    expect(said(17_000_000_000_001, false)).toContain('canceling');
    expect(said(1, true)).toContain('canceling');
  });
});
