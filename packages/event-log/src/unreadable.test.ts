import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { TaskEventDraft, TaskMessage, TopicMessage } from '@taskwire/protocol';
import { collect, createTestRedis, type TestRedis } from '@taskwire/test-kit';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createEventLog, type EventLog } from './event-log.ts';
import { taskKeys, topicKeys, type TaskAddress } from './log/keys.ts';
import { eventsLost } from './log/restore-log.ts';
import { appendForeign, foreignJson, type ForeignEntry } from './testing/foreign-entry.ts';
import { STAGE, Snapshots, claimTask, logLine, newTask } from './testing/task-fixture.ts';
import type { TopicFilter } from './topics/topic-filter.ts';

const leaving = new AbortController();
setMaxListeners(100, leaving.signal);
const WAIT = { timeout: 15_000 };

describe('an entry that this version cannot read (MUST 19)', () => {
  const snapshots = new Snapshots();
  let redis: TestRedis;
  let raw: Redis;
  let writing: EventLog;
  /** A watching process: it shares only Redis with the writing one. */
  let watching: EventLog;

  beforeAll(async () => {
    redis = await createTestRedis();
    raw = new Redis(redis.redisUrl);
    const settings = { redisUrl: redis.redisUrl, loadSnapshot: snapshots.load };
    writing = createEventLog(settings);
    watching = createEventLog(settings);
  });
  afterAll(async () => {
    leaving.abort();
    raw.disconnect();
    await Promise.all([writing.close(), watching.close()]);
    await redis.stop();
  });

  const claimed = (beside?: TaskAddress) =>
    claimTask(writing, snapshots.add({ ...(beside ?? newTask()), taskId: randomUUID() }));

  function foreign(task: TaskAddress, fields: { type: string; [field: string]: unknown }): Promise<void> {
    return appendForeign(raw, task, { type: fields.type, json: foreignJson(task, fields) });
  }

  function follow(task: TaskAddress, cursor?: number) {
    const messages: TaskMessage[] = [];
    const ended = collect(watching.follow(task, cursor, leaving.signal), (received) => {
      messages.splice(0, Infinity, ...received);
      return false;
    });
    return { messages, ended };
  }

  function followTopic(topic: Parameters<EventLog['followTopic']>[0], filter?: TopicFilter) {
    const messages: TopicMessage[] = [];
    const start = { cursor: undefined, ...(filter === undefined ? {} : { filter }) };
    const ended = (async () => {
      for await (const message of watching.followTopic(topic, start, leaving.signal)) messages.push(message);
    })();
    ended.catch(() => undefined);
    return { messages, ended };
  }

  const DONE: TaskEventDraft = { type: 'done', output: 1, durationMs: 1 };
  const entries: [string, (task: TaskAddress) => ForeignEntry, object][] = [
    [
      'a null for a text',
      (task) => ({
        type: 'progress',
        label: STAGE,
        json: foreignJson(task, { type: 'progress', stage: STAGE, current: 1, total: 2, percent: 1, itemName: null }),
      }),
      { originalType: 'progress', stage: STAGE },
    ],
    [
      'a type of a later version',
      (task) => ({ type: 'paused', json: foreignJson(task, { type: 'paused', until: 9 }) }),
      { originalType: 'paused' },
    ],
    ['a missing field', (task) => ({ type: 'log', json: foreignJson(task, { type: 'log' }) }), { originalType: 'log' }],
    ['a half-written entry', () => ({ type: 'log', json: '{"taskId":"half' }), {}],
    ['no JSON at all', () => ({ type: 'log', json: 'x' }), {}],
  ];

  it.each(entries)('of %s arrives in its place, live and for later watchers', async (_what, entry, parts) => {
    const { task, writer } = await claimed();
    const live = follow(task);
    await vi.waitFor(() => expect(live.messages).toHaveLength(1), WAIT);
    await appendForeign(raw, task, entry(task));
    await writer.append([logLine('after'), DONE]);
    await live.ended;
    const { taskId, projectId } = task;
    const unreadable = { type: 'unreadable', taskId, projectId, seq: 3, ...parts };
    expect(live.messages.slice(1)).toMatchObject([unreadable, { seq: 4, type: 'log' }, { seq: 5, type: 'done' }]);
    const late = follow(task, 2);
    await late.ended;
    expect(late.messages).toEqual(live.messages.slice(1));
    expect(await writing.read(task, 0, 10)).toMatchObject([{ seq: 1 }, { seq: 2 }, unreadable, { seq: 4 }, { seq: 5 }]);
    expect(await writing.snapshot(task)).toMatchObject({ seq: 5, state: { status: 'done' } });
  });

  it('is polled, and blocks no claim, cancel or resume', async () => {
    const { task } = await claimed();
    await foreign(task, { type: 'paused' });
    const polled = await watching.poll(task, 2, { waitMs: 0, signal: leaving.signal });
    expect(polled).toMatchObject([{ type: 'unreadable', seq: 3 }]);
    expect(await writing.append(task, { type: 'canceling', requestedBy: 'x' })).toEqual({ written: true, seq: 4 });
    const claim = await writing.claim(task, 'worker-2');
    expect(claim).toMatchObject({ claimed: true, attempt: 2, snapshot: { seq: 5, state: { status: 'canceling' } } });
  });

  it.each(['done', 'error', 'canceled'])('ends a watch if it names the type %s', async (type) => {
    const { task } = await claimed();
    const live = follow(task);
    await vi.waitFor(() => expect(live.messages).toHaveLength(1), WAIT);
    await foreign(task, { type, durationMs: 'long', message: 1, reason: {} });
    await live.ended;
    expect(live.messages.at(-1)).toMatchObject({ type: 'unreadable', originalType: type });
    const late = follow(task);
    await late.ended;
    expect(late.messages).toMatchObject([{ type: 'snapshot', seq: 3, state: { status: type } }]);
    expect(await writing.append(task, { type: 'canceled' })).toEqual({ written: false, reason: 'ended' });
  });

  it('reaches the watchers of topics in its place, and the other tasks of the owner go on', async () => {
    const { task } = await claimed();
    const other = await claimed(task);
    const project = followTopic({ projectId: task.projectId });
    const owner = followTopic({ ownerId: task.ownerId });
    await vi.waitFor(() => expect([project, owner].map(({ messages }) => messages.length)).toEqual([1, 1]), WAIT);
    await foreign(task, { type: 'retrying', delayMs: null });
    await appendForeign(raw, task, { type: 'canceling', json: 'x' });
    await other.writer.append([DONE]);
    await vi.waitFor(() => {
      for (const { messages } of [project, owner]) {
        const events = messages.flatMap((message) => (message.type === 'event' ? [message.event] : []));
        expect(events.map(({ type }) => type)).toEqual(['unreadable', 'unreadable', 'done']);
        expect(events[0]).toMatchObject({ taskId: task.taskId, originalType: 'retrying' });
      }
    }, WAIT);
    const seqs = project.messages.map(({ seq }) => seq - (project.messages[0]?.seq ?? 0));
    expect(seqs).toEqual([0, 1, 2, 3]);
    const late = followTopic({ projectId: task.projectId });
    await vi.waitFor(() => expect(late.messages).toHaveLength(1), WAIT);
  });

  it('matches a filter unless its readable parts exclude that', async () => {
    const { task, writer } = await claimed();
    const { projectId } = task;
    const done = followTopic({ projectId }, { types: ['done'] });
    const staged = followTopic({ projectId }, { stages: ['other'] });
    await vi.waitFor(() => expect([done, staged].map(({ messages }) => messages.length)).toEqual([1, 1]), WAIT);
    await foreign(task, { type: 'progress', stage: STAGE });
    await appendForeign(raw, task, { type: 'log', json: 'x' });
    await foreign(task, { type: 'done' });
    await vi.waitFor(() => {
      expect(done.messages.slice(1)).toMatchObject([{ event: { seq: 4 } }, { event: { originalType: 'done' } }]);
      expect(staged.messages.slice(1)).toMatchObject([{ event: { seq: 4 } }, { event: { originalType: 'done' } }]);
    }, WAIT);
    await expect(writer.append([logLine('x')])).rejects.toMatchObject({ reason: 'ended' });
  });

  it('blocks no topic: a task with an unreadable summary is named', async () => {
    const { task } = await claimed();
    const other = await claimed(task);
    await raw.hset(topicKeys({ projectId: task.projectId }).tasks, task.taskId, '{"status":"paused"}');
    const { messages } = followTopic({ projectId: task.projectId });
    await vi.waitFor(() => expect(messages).toHaveLength(1), WAIT);
    expect(messages[0]).toMatchObject({
      state: { tasks: [{ taskId: other.task.taskId }], unreadable: [task.taskId] },
    });
  });

  it.each(['{"seq":', 'x', '[]'])('may be a whole batch of a topic: %j', async (batch) => {
    const { task } = await claimed();
    const keys = topicKeys({ projectId: task.projectId });
    const seq = Number(await raw.hget(keys.meta, 'seq'));
    await raw.xadd(keys.log, `${seq + 2}-0`, 'first', `${seq + 1}`, 'events', batch);
    await raw.hset(keys.meta, 'seq', seq + 2);
    const messages: TopicMessage[] = [];
    const topic = { projectId: task.projectId };
    for await (const message of watching.followTopic(topic, { cursor: seq }, leaving.signal)) {
      messages.push(message);
      if (messages.length === 2) break;
    }
    expect(messages).toMatchObject([
      { seq: seq + 1, event: { type: 'unreadable' } },
      { seq: seq + 2, event: { type: 'unreadable', projectId: task.projectId } },
    ]);
  });

  it.each(['x', '{"seq":', '{"seq":5}', '5\n{}'])(
    'does not end a watch if only its announcement is unreadable: %j',
    async (text) => {
      const { task, writer } = await claimed();
      const live = follow(task);
      const topic = followTopic({ projectId: task.projectId });
      await vi.waitFor(() => expect([live, topic].map(({ messages }) => messages.length)).toEqual([1, 1]), WAIT);
      await raw.publish(taskKeys(task).channel, text);
      await raw.publish(topicKeys({ projectId: task.projectId }).channel, text);
      await writer.append([DONE]);
      await live.ended;
      expect(live.messages.map(({ seq }) => seq)).toEqual([2, 3]);
      await vi.waitFor(() => expect(topic.messages.at(-1)).toMatchObject({ event: { type: 'done' } }), WAIT);
    },
  );

  it('may be the base of a restored log: its seq is kept, with the persisted state', async () => {
    const { task } = await claimed();
    const state = { ...(await writing.snapshot(task)).state, percent: 40 };
    snapshots.persisted.set(task.taskId, { seq: 2, state });
    await raw.del(taskKeys(task).log, taskKeys(task).meta);
    expect(await writing.restore(task, { attempt: 1, canceling: false, event: eventsLost() })).toBe(true);
    const epoch = (await writing.inspect(task))?.epoch ?? 0;
    for (const base of [`{"seq":${epoch},"state":{"percent":"x"}}`, `{"seq":${epoch},"state`]) {
      await raw.set(taskKeys(task).base, base);
      expect(await writing.snapshot(task)).toMatchObject({ seq: epoch + 1, state: { percent: 40, incomplete: true } });
    }
    const live = follow(task);
    await vi.waitFor(() => expect(live.messages).toMatchObject([{ seq: epoch + 1 }]), WAIT);
  });

  it('is never written by this version: an unreadable draft is refused, and the next one is written', async () => {
    const { task, writer } = await claimed();
    const draft: TaskEventDraft = JSON.parse(`{"type":"log","level":"info","message":null}`);
    await expect(writer.append([logLine('with it'), draft])).rejects.toThrow(TypeError);
    await expect(writer.append([draft])).rejects.toThrow('log.message');
    expect(await writer.append([logLine('after')])).toMatchObject({ seq: 3 });
    await expect(writing.append(task, { type: 'canceled', reason: '\ud800' })).rejects.toThrow('canceled.reason');
    expect(await writing.inspect(task)).toMatchObject({ seq: 3, ended: false });
  });
});
