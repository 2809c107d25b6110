import { setMaxListeners } from 'node:events';
import { randomUUID } from 'node:crypto';
import { readEntry, summarize, type TaskEvent, type TaskSummary, type TopicMessage } from '@taskwire/protocol';
import { createTestRedis, type TestRedis } from '@taskwire/test-kit';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connect } from './connection/connection.ts';
import { createEventLog, type EventLog } from './event-log.ts';
import { topicKeys, type TaskAddress, type TopicAddress } from './log/keys.ts';
import { eventsLost } from './log/restore-log.ts';
import { TaskLog } from './log/task-log.ts';
import { dropSubscriberConnections } from './testing/drop-connections.ts';
import { STAGE, Snapshots, claimTask, logLine, newTask } from './testing/task-fixture.ts';
import type { TopicFilter } from './topics/topic-filter.ts';

const progress = (percent: number) => {
  return { type: 'progress', stage: STAGE, current: percent, total: 100, percent } as const;
};

describe('a topic', () => {
  const snapshots = new Snapshots();
  let redis: TestRedis;
  let raw: Redis;
  let dying: Redis;
  let writing: EventLog;
  let watching: EventLog;
  let leaving: AbortController;

  beforeAll(async () => {
    redis = await createTestRedis();
    raw = new Redis(redis.redisUrl);
    dying = connect(redis.redisUrl, true);
    writing = createEventLog({ redisUrl: redis.redisUrl, loadSnapshot: snapshots.load, patient: true });
    watching = createEventLog({ redisUrl: redis.redisUrl, loadSnapshot: snapshots.load, patient: true });
    leaving = new AbortController();
    setMaxListeners(100, leaving.signal);
  });
  afterAll(async () => {
    leaving.abort();
    raw.disconnect();
    dying.disconnect();
    await Promise.all([writing.close(), watching.close()]);
    await redis.stop();
  });

  /** A new task, of a new project of a new owner unless `beside` another task. */
  const claimed = (beside?: TaskAddress) =>
    claimTask(writing, snapshots.add({ ...(beside ?? newTask()), taskId: randomUUID() }));

  function follow(topic: TopicAddress, start: { cursor?: number; filter?: TopicFilter } = {}) {
    const messages: TopicMessage[] = [];
    const { cursor, filter } = start;
    const stream = watching.followTopic(topic, { cursor, ...(filter === undefined ? {} : { filter }) }, leaving.signal);
    void (async () => {
      for await (const message of stream) messages.push(message);
    })();
    return messages;
  }

  function eventsOf(messages: readonly TopicMessage[]): TaskEvent[] {
    return messages.flatMap((message) => (message.type === 'event' ? [message.event] : []));
  }

  function types(messages: readonly TopicMessage[]): string[] {
    return messages.map((message) => (message.type === 'event' ? message.event.type : message.type));
  }

  /** The unfinished tasks, folded from the messages to a watcher. */
  function folded(messages: readonly TopicMessage[]): TaskSummary[] {
    const known = new Map<string, TaskSummary>();
    for (const message of messages) {
      if (message.type === 'snapshot') known.clear();
      for (const task of message.type === 'snapshot' ? message.state.tasks : []) known.set(task.taskId, task);
      if (message.type !== 'event') continue;
      const { taskId } = message.event;
      const summary = summarize(known.get(taskId), message.event);
      if (summary === undefined) known.delete(taskId);
      else known.set(taskId, summary);
    }
    return [...known.values()].sort((left, right) => left.taskId.localeCompare(right.taskId));
  }

  async function stateOf(topic: TopicAddress) {
    for await (const message of watching.followTopic(topic, { cursor: undefined }, leaving.signal)) {
      if (message.type === 'snapshot') return message;
    }
    throw new Error('no snapshot');
  }

  it('of a project has every event of its tasks, with contiguous seqs of its own', async () => {
    const first = await claimed();
    const messages = follow({ projectId: first.task.projectId });
    await vi.waitFor(() => expect(messages).toHaveLength(1));
    const second = await claimed(first.task);
    await Promise.all([first, second].map(({ writer }) => writer.append([logLine('a'), logLine('b'), progress(3)])));
    await first.writer.append([{ type: 'done', output: 1, durationMs: 1 }]);
    await vi.waitFor(() => expect(messages).toHaveLength(10));
    const [snapshot, ...rest] = messages;
    expect(rest.map(({ seq }) => seq - (snapshot?.seq ?? 0))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    for (const { task } of [first, second]) {
      const received = eventsOf(messages).filter((event) => event.taskId === task.taskId);
      const logged = await writing.read(task, received[0]?.seq === 1 ? 0 : 2, 100);
      expect(received).toEqual(logged);
    }
  });

  it('has the summaries as its state that its folded events give', async () => {
    const { task, writer } = await claimed();
    const messages = follow({ projectId: task.projectId });
    await vi.waitFor(() => expect(messages).toHaveLength(1));
    const others = await Promise.all([claimed(task), claimed(task), claimed(task)]);
    await writer.append([{ type: 'stage', stage: STAGE, status: 'running', weight: 1 }, progress(33.33), logLine('x')]);
    await writing.append(task, { type: 'canceling', requestedBy: 'x' });
    await others[0].writer.append([{ type: 'error', code: 'X', message: 'x' }]);
    await others[1].writer.append([{ type: 'retrying', delayMs: 1, error: { code: 'X', message: 'x' } }]);
    await writing.claim(others[1].task, 'worker-2');
    await vi.waitFor(async () => {
      const { seq, state } = await stateOf({ projectId: task.projectId });
      expect(messages.at(-1)?.seq).toBe(seq);
      const tasks = [...state.tasks].sort((left, right) => left.taskId.localeCompare(right.taskId));
      expect(folded(messages)).toEqual(tasks);
      expect(tasks).toHaveLength(3);
    });
  });

  it('gives a watcher that comes back every event after its cursor', async () => {
    const { task, writer } = await claimed();
    const { seq } = await stateOf({ projectId: task.projectId });
    await writer.append([logLine('a'), logLine('b')]);
    await writer.append([logLine('c')]);
    const messages = follow({ projectId: task.projectId }, { cursor: seq + 1 });
    await vi.waitFor(() => expect(messages.map((message) => message.seq - seq)).toEqual([2, 3]));
  });

  it('gives the rest of one append after a cursor within it, also to a process that reads the log', async () => {
    const { task, writer } = await claimed();
    await writer.append([logLine('a'), logLine('b'), logLine('c')]);
    const head = Number(await raw.hget(topicKeys({ projectId: task.projectId }).meta, 'seq'));
    const messages = follow({ projectId: task.projectId }, { cursor: head - 1 });
    await vi.waitFor(() => expect(messages).toMatchObject([{ type: 'event', seq: head, event: { message: 'c' } }]));
  });

  it('reads events that were published while the subscriber connection was lost', async () => {
    const { task, writer } = await claimed();
    const messages = follow({ projectId: task.projectId });
    await vi.waitFor(() => expect(messages).toHaveLength(1));
    const appending = Array.from({ length: 50 }, (_, index) => writer.append([logLine(String(index))]));
    await dropSubscriberConnections(redis.redisUrl);
    await Promise.all(appending);
    await vi.waitFor(() => expect(messages).toHaveLength(51), { timeout: 10_000 });
  });

  it('gives a filtered watcher the matching events, with the seqs that the filter leaves out', async () => {
    const { task, writer } = await claimed();
    const { seq } = await stateOf({ projectId: task.projectId });
    await writer.append([logLine('a'), progress(1), { type: 'log', level: 'info', message: 'b', stage: STAGE }]);
    await writer.append([logLine('c'), progress(2)]);
    const byType = follow({ projectId: task.projectId }, { cursor: seq, filter: { types: ['progress'] } });
    const byStage = follow({ projectId: task.projectId }, { cursor: seq, filter: { stages: [STAGE] } });
    const byBoth = follow({ projectId: task.projectId }, { cursor: seq, filter: { types: ['log'], stages: [STAGE] } });
    await vi.waitFor(() => {
      expect(byType).toMatchObject([
        { seq: seq + 2, fromSeq: seq + 1, event: { percent: 1 } },
        { seq: seq + 5, fromSeq: seq + 3, event: { percent: 2 } },
      ]);
      expect(types(byStage)).toEqual(['progress', 'log', 'progress']);
      expect(byBoth).toMatchObject([{ seq: seq + 3, fromSeq: seq + 1, event: { message: 'b' } }]);
    });
    expect(byStage[1]).not.toHaveProperty('fromSeq');
  });

  it('moves the cursor of a watcher whose filter holds all events back', async () => {
    const { task, writer } = await claimed();
    const { seq } = await stateOf({ projectId: task.projectId });
    for (let batch = 0; batch < 3; batch += 1) await writer.append(Array.from({ length: 500 }, () => logLine('x')));
    const messages = follow({ projectId: task.projectId }, { cursor: seq, filter: { types: ['token'] } });
    await vi.waitFor(() => expect(messages).toMatchObject([{ type: 'skipped', fromSeq: seq + 1 }]));
  });

  it('gives the gap with the current state if the events after a cursor are gone', async () => {
    const { task, writer } = await claimed();
    const seq = Number(await raw.hget(topicKeys({ projectId: task.projectId }).meta, 'seq'));
    await writer.append([logLine('a')]);
    await writer.append([logLine('b')]);
    await raw.xtrim(topicKeys({ projectId: task.projectId }).log, 'MAXLEN', 1);
    const messages = follow({ projectId: task.projectId }, { cursor: seq });
    await vi.waitFor(() => {
      expect(messages).toMatchObject([{ type: 'snapshot', seq: seq + 2, gap: { from: seq + 1, to: seq + 2 } }]);
    });
    expect(messages[0]).toMatchObject({ state: { tasks: [{ taskId: task.taskId, status: 'running' }] } });
  });

  it('begins with the unfinished tasks only, even after many have ended', async () => {
    const { task } = await claimed();
    for (let index = 0; index < 200; index += 1) {
      const { writer } = await claimed(task);
      await writer.append([{ type: 'done', output: 1, durationMs: 1 }]);
    }
    const { state } = await stateOf({ projectId: task.projectId });
    expect(state.tasks.map(({ taskId }) => taskId)).toEqual([task.taskId]);
  });

  it('goes on beyond all its seqs after Redis has lost it, and watchers get the gap', async () => {
    const { task } = await claimed();
    const messages = follow({ projectId: task.projectId });
    await vi.waitFor(() => expect(messages).toHaveLength(1));
    await raw.flushall();
    await writing.restore(task, { attempt: 1, canceling: false, event: eventsLost() });
    await writing.claim(task, 'worker-2');
    await vi.waitFor(() => {
      expect(folded(messages)).toMatchObject([{ taskId: task.taskId, status: 'running', attempt: 2 }]);
    });
    const [before, gap] = messages;
    expect(gap).toMatchObject({ type: 'snapshot', gap: { from: (before?.seq ?? 0) + 1, to: gap?.seq } });
    expect(messages.filter(({ type }) => type === 'snapshot')).toHaveLength(2);
  });

  it('goes on beyond its seqs after it has lost its end and grown again, and watchers get the gap', async () => {
    const { task, writer } = await claimed();
    const { log, meta } = topicKeys({ projectId: task.projectId });
    const messages = follow({ projectId: task.projectId });
    await vi.waitFor(() => expect(messages).toHaveLength(1));
    await writer.append([logLine('lost')]);
    await vi.waitFor(() => expect(eventsOf(messages).at(-1)).toMatchObject({ message: 'lost' }));
    const seq = messages.at(-1)?.seq ?? 0;
    await raw.xdel(log, `${seq}-0`);
    await raw.call('XSETID', log, `${seq - 1}-0`);
    await raw.hset(meta, 'seq', seq - 1);
    await dropSubscriberConnections(redis.redisUrl);
    await writer.append([logLine('another')]);
    await writer.append([logLine('last')]);
    await vi.waitFor(async () => {
      await writer.append([logLine('later')]);
      expect(messages.findLast((message) => message.type === 'snapshot')).toMatchObject({ gap: { from: seq + 1 } });
    });
    const received = eventsOf(messages).flatMap((event) => (event.type === 'log' ? [event.message] : []));
    expect(received).not.toContain('last');
  });

  it('stays in Redis while it has unfinished tasks, and expires once it has none', async () => {
    const { task, writer } = await claimed();
    const keys = [{ projectId: task.projectId }, { ownerId: task.ownerId }].flatMap((topic) => {
      const { log, meta } = topicKeys(topic);
      return [log, meta];
    });
    const lifetimes = () => Promise.all(keys.map((key) => raw.ttl(key)));
    await vi.waitFor(async () => expect(await lifetimes()).toEqual([-1, -1, -1, -1]));
    await writer.append([{ type: 'done', output: 1, durationMs: 1 }]);
    await vi.waitFor(async () => expect((await lifetimes()).every((seconds) => seconds > 0)).toBe(true));
    const again = await claimed(task);
    await vi.waitFor(async () => expect(await lifetimes()).toEqual([-1, -1, -1, -1]));
    await again.writer.append([{ type: 'done', output: 1, durationMs: 1 }]);
  });

  it('of an owner has the life-cycle events of all projects once and in order, from several relays', async () => {
    const { task, writer } = await claimed();
    const messages = follow({ ownerId: task.ownerId });
    await vi.waitFor(() => expect(messages).toHaveLength(1));
    const other = await claimed({ ...task, projectId: randomUUID() });
    await Promise.all(
      [writing, watching, writing, watching].map((log) =>
        log.relay({ projectId: task.projectId, ownerId: task.ownerId }),
      ),
    );
    await writing.append(task, { type: 'canceling', requestedBy: 'x' });
    await Promise.all([watching, writing].map((log) => log.relay(task)));
    await writer.append([logLine('not relayed'), { type: 'canceled' }]);
    await other.writer.append([{ type: 'done', output: 1, durationMs: 1 }]);
    await vi.waitFor(() => expect(eventsOf(messages).at(-1)?.type).toBe('done'));
    const received = (taskId: string) =>
      eventsOf(messages)
        .filter((event) => event.taskId === taskId)
        .map((event) => event.type);
    expect(received(task.taskId).slice(-2)).toEqual(['canceling', 'canceled']);
    expect(received(other.task.taskId)).toEqual(['queued', 'started', 'done']);
    const numbers = messages.map(({ seq }) => seq - (messages[0]?.seq ?? 0));
    expect(numbers).toEqual(messages.map((_message, index) => index));
    expect(folded(messages)).toEqual([]);
  });

  it('of an owner has every event once, even if several processes relay at the same moment', async () => {
    const { task } = await claimed();
    await writing.relay(task);
    const unrelayed = new TaskLog(dying);
    for (let attempt = 2; attempt <= 30; attempt += 1) {
      await unrelayed.append(task, { mode: 'claim' }, [{ type: 'started', workerId: String(attempt) }]);
    }
    await Promise.all([writing, watching].map((log) => log.relay(task)));
    const attempts = (await allOf(task.ownerId)).map((event) => event.attempt);
    expect(attempts).toEqual(Array.from({ length: 31 }, (_, index) => index));
  });

  it('of an owner has at most one progress per task and second', async () => {
    const { task, writer } = await claimed();
    const begun = Date.now();
    for (let percent = 1; percent <= 100; percent += 1) await writer.append([progress(percent)]);
    await writer.append([{ type: 'done', output: 1, durationMs: 1 }]);
    const seconds = Math.ceil((Date.now() - begun) / 1_000);
    const messages = follow({ ownerId: task.ownerId }, { cursor: 1 });
    await vi.waitFor(async () => {
      await writing.relay(task);
      expect((await stateOf({ ownerId: task.ownerId })).state.tasks).toEqual([]);
    });
    const received = (await allOf(task.ownerId)).filter((event) => event.type === 'progress').length;
    expect(received).toBeLessThanOrEqual(seconds + 1);
    expect(received).toBeGreaterThan(0);
    await vi.waitFor(() => expect(types(messages)).toContain('snapshot'));
  });

  /** Every event of an owner's topic. */
  async function allOf(ownerId: string): Promise<TaskEvent[]> {
    const entries = await raw.xrange(topicKeys({ ownerId }).log, '-', '+');
    const lines = entries.flatMap(([, fields]) => (fields[fields.indexOf('events') + 1] ?? '').split('\n'));
    return lines.map((line) => readEntry(line));
  }

  it('of an owner gets the events later that a process did not relay before it died', async () => {
    const { task } = await claimed();
    const messages = follow({ ownerId: task.ownerId });
    await vi.waitFor(() => expect(messages).toHaveLength(1));
    // The log itself, without the relay: a process that dies between the two.
    await new TaskLog(dying).append(task, { mode: 'outside' }, [{ type: 'canceling', requestedBy: 'x' }]);
    expect(types(messages)).not.toContain('canceling');
    await watching.relay(task);
    await vi.waitFor(() => expect(types(messages).at(-1)).toBe('canceling'));
  });
});
