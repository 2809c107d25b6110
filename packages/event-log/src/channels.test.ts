import { setMaxListeners } from 'node:events';
import { fold, initialTaskState, receive, type TaskEventDraft, type TaskMessage } from '@taskwire/protocol';
import { collect, createTestRedis, type TestRedis } from '@taskwire/test-kit';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createEventLog, type EventLog } from './event-log.ts';
import { eventsLost } from './log/restore-log.ts';
import { Snapshots, claimTask, logLine, newTask } from './testing/task-fixture.ts';
import { positionAt } from './watching/watcher.ts';

const leaving = new AbortController();
setMaxListeners(100, leaving.signal);

const preview = (value: number): TaskEventDraft => ({ type: 'data', channel: 'preview', value });
const note = (index: number): TaskEventDraft => {
  return { type: 'data', channel: 'notes', keep: 3, index, values: [`note ${index}`] };
};
const DONE: TaskEventDraft = { type: 'done', output: 1, durationMs: 1 };

/** The channels after five notes and a preview. */
const CHANNELS = {
  channels: { preview: 7, notes: ['note 2', 'note 3', 'note 4'] },
  channelCounts: { notes: 5 },
};
const SENT = [note(0), note(1), preview(6), note(2), preview(7), note(3), note(4)];

describe('values of channels', () => {
  const snapshots = new Snapshots();
  let redis: TestRedis;
  let raw: Redis;
  let log: EventLog;

  beforeAll(async () => {
    redis = await createTestRedis();
    raw = new Redis(redis.redisUrl);
    log = createEventLog({ redisUrl: redis.redisUrl, loadSnapshot: snapshots.load, patient: true });
  });
  afterAll(async () => {
    leaving.abort();
    raw.disconnect();
    await log.close();
    await redis.stop();
  });

  const claimed = () => claimTask(log, snapshots.add(newTask()));

  it('reach a watcher in their order', async () => {
    const { task, writer } = await claimed();
    await writer.append([...SENT, DONE]);
    const messages = await collect(log.follow(task, 2, leaving.signal), () => false);
    expect(messages).toMatchObject([...SENT, DONE]);
  });

  it('stand in the snapshot of a late watcher (MUST 21)', async () => {
    const { task, writer } = await claimed();
    await writer.append(SENT);
    const [message] = await collect(log.follow(task, undefined, leaving.signal), () => true);
    expect(message).toMatchObject({ type: 'snapshot', seq: 9, state: CHANNELS });
  });

  it('stand in the snapshot that a stored one, after a trim, goes on from', async () => {
    const { task, writer } = await claimed();
    await writer.append([note(0), note(1), preview(6)]);
    snapshots.persisted.set(task.taskId, await log.snapshot(task));
    await log.trim(task, 5);
    await writer.append([note(2), preview(7), note(3), note(4)]);
    expect(await log.snapshot(task)).toMatchObject({ state: CHANNELS });
  });

  it('stand in the snapshot of a gap, after Redis has lost the log (MUST 12)', async () => {
    const { task, writer } = await claimed();
    await writer.append(SENT);
    snapshots.persisted.set(task.taskId, await log.snapshot(task));
    await raw.flushall();
    await log.restore(task, { attempt: 0, canceling: false, event: eventsLost() });
    const [message] = await collect(log.follow(task, 2, leaving.signal), () => true);
    expect(message).toMatchObject({ type: 'snapshot', gap: { from: 3 }, state: CHANNELS });
  });

  it('are merged for a watcher that is far behind, which folds to the same state (MUST 10)', async () => {
    const { task, writer } = await claimed();
    const notes = Array.from({ length: 200 }, (_each, index) => note(index));
    const previews = Array.from({ length: 200 }, (_each, index) => preview(index));
    await writer.append([logLine('first'), ...notes, ...previews]);
    const watching = await log.watchTask(task, 3);
    const received: readonly TaskMessage[] = await watching.watcherAt(positionAt(3)).next();
    watching.release();
    expect(received).toMatchObject([
      {
        type: 'data',
        channel: 'notes',
        fromSeq: 4,
        seq: 203,
        index: 197,
        values: ['note 197', 'note 198', 'note 199'],
      },
      { type: 'data', channel: 'preview', fromSeq: 204, seq: 403, value: 199 },
    ]);
    const initial = initialTaskState({ ...task, kind: 'test.kind' });
    const events = await log.read(task, 0, 1_000);
    const before = { seq: 3, state: fold(initial, events.slice(0, 3)) };
    expect(received.reduce(receive, before)).toEqual({ seq: 403, state: fold(initial, events) });
  });

  it('reach a project’s topic, by the filter of their type too, and not the topic of the owner', async () => {
    const { task, writer } = await claimed();
    const { projectId, ownerId } = task;
    const follow = (topic: { projectId: string } | { ownerId: string }, types?: ['data']) => {
      const received: string[] = [];
      const start = types === undefined ? { cursor: undefined } : { cursor: undefined, filter: { types } };
      void (async () => {
        for await (const message of log.followTopic(topic, start, leaving.signal)) {
          received.push(message.type === 'event' ? message.event.type : message.type);
        }
      })();
      return received;
    };
    const watchers = { all: follow({ projectId }), data: follow({ projectId }, ['data']), owner: follow({ ownerId }) };
    await vi.waitFor(() => expect(Object.values(watchers).map((each) => each.length)).toEqual([1, 1, 1]));
    await writer.append([preview(1), logLine('x'), note(0), DONE]);
    await vi.waitFor(() =>
      expect(watchers).toEqual({
        all: ['snapshot', 'data', 'log', 'data', 'done'],
        data: ['snapshot', 'data', 'data'],
        owner: ['snapshot', 'done'],
      }),
    );
  });
});
