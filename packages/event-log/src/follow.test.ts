import { setMaxListeners } from 'node:events';
import { TaskwireError, type TaskMessage } from '@taskwire/protocol';
import { collect, createTestRedis, type TestRedis } from '@taskwire/test-kit';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createEventLog, type EventLog } from './event-log.ts';
import { taskKeys, type TaskAddress } from './log/keys.ts';
import { countSubscribers, dropSubscriberConnections } from './testing/drop-connections.ts';
import { Snapshots, claimTask, logLine, newTask, queued } from './testing/task-fixture.ts';

const never = new AbortController().signal;
setMaxListeners(100, never);

function seqs(messages: readonly TaskMessage[]): (string | number)[] {
  return messages.map((message) => (message.type === 'snapshot' ? `snapshot ${message.seq}` : message.seq));
}

describe('follow', () => {
  const snapshots = new Snapshots();
  let redis: TestRedis;
  let log: EventLog;

  beforeAll(async () => {
    redis = await createTestRedis();
    log = createEventLog({ redisUrl: redis.redisUrl, loadSnapshot: snapshots.load });
  });
  afterAll(async () => {
    await log.close();
    await redis.stop();
  });

  const claimed = () => claimTask(log, snapshots.add(newTask()));

  /** Writes to the log without publishing, as if pub/sub had lost the message. */
  async function appendUnpublished(task: TaskAddress, seq: number) {
    const raw = new Redis(redis.redisUrl);
    const { log: key, meta } = taskKeys(task);
    const event = { ...task, seq, attempt: 1, at: 1, type: 'log', level: 'info', message: 'unpublished' };
    await raw.xadd(key, `${seq}-0`, 'event', JSON.stringify(event));
    await raw.hset(meta, 'seq', seq);
    raw.disconnect();
  }

  it('gives a new watcher a snapshot at seq s first, then every event from s + 1', async () => {
    const { task, writer } = await claimed();
    const watching = collect(log.follow(task, undefined, never), (messages) => {
      if (messages.length === 1) void writer.append([logLine('a'), logLine('b')]);
      return messages.length === 3;
    });
    const messages = await watching;
    expect(seqs(messages)).toEqual(['snapshot 2', 3, 4]);
    expect(messages[0]).not.toHaveProperty('gap');
  });

  it('gives a watcher with cursor n every past and future event from n + 1', async () => {
    const { task, writer } = await claimed();
    await writer.append([logLine('a'), logLine('b'), logLine('c')]);
    const messages = await collect(log.follow(task, 3, never), (received) => {
      if (received.length === 2) void writer.append([logLine('d')]);
      return received.length === 3;
    });
    expect(seqs(messages)).toEqual([4, 5, 6]);
  });

  it('reads events from the log that memory no longer has', async () => {
    const { task, writer } = await claimed();
    for (let batch = 0; batch < 6; batch += 1) {
      await writer.append(Array.from({ length: 500 }, () => logLine('x')));
    }
    const ahead = log.follow(task, undefined, never);
    await ahead.next();
    const messages = await collect(log.follow(task, 0, never), (received) => received.length === 3_002);
    await ahead.return();
    expect(seqs(messages)).toEqual(Array.from({ length: 3_002 }, (_, index) => index + 1));
  });

  it('ends after the terminal event, and gives a later watcher the terminal snapshot and the end', async () => {
    const { task, writer } = await claimed();
    const watching = collect(log.follow(task, 0, never));
    await writer.append([{ type: 'done', output: { answer: 42 }, durationMs: 5 }]);
    expect(seqs(await watching)).toEqual([1, 2, 3]);
    const later = await collect(log.follow(task, undefined, never));
    expect(later).toMatchObject([{ type: 'snapshot', seq: 3, state: { status: 'done', output: { answer: 42 } } }]);
    expect(await collect(log.follow(task, 3, never))).toEqual([]);
  });

  it('fills a hole between published events from the log before it delivers later ones', async () => {
    const { task, writer } = await claimed();
    const messages: TaskMessage[] = [];
    const watching = collect(log.follow(task, undefined, never), (received) => {
      messages.splice(0, Infinity, ...received);
      return received.length === 4;
    });
    await vi.waitFor(() => expect(messages).toHaveLength(1));
    await appendUnpublished(task, 3);
    await writer.append([logLine('published'), logLine('published')]);
    expect(seqs(await watching)).toEqual(['snapshot 2', 3, 4, 5]);
  });

  it('ends a watch with an error if the log cannot be read', async () => {
    const { task } = await claimed();
    const watching = collect(log.follow(task, undefined, never), () => {
      void spoil();
      return false;
    });
    async function spoil() {
      const raw = new Redis(redis.redisUrl);
      snapshots.forget(task);
      // The events 3 and 4 are gone, and no snapshot covers them.
      await raw.xadd(taskKeys(task).log, '5-0', 'event', '{}').catch(() => undefined);
      await raw.publish(taskKeys(task).channel, 'look');
      raw.disconnect();
    }
    await expect(watching).rejects.toThrow('the log cannot be read');
  });

  it('reads on from the last delivered event after the subscriber connection was lost', async () => {
    const { task, writer } = await claimed();
    const received: TaskMessage[] = [];
    const watching = collect(
      log.follow(task, undefined, never),
      (messages) => received.push(...messages.slice(-1)) === 3,
    );
    await vi.waitFor(() => expect(received).toHaveLength(1));
    await appendUnpublished(task, 3);
    await dropSubscriberConnections(redis.redisUrl);
    await vi.waitFor(() => expect(received).toHaveLength(2), { timeout: 5_000 });
    await vi.waitFor(async () => expect(await countSubscribers(redis.redisUrl)).toBe(1), { timeout: 5_000 });
    await writer.append([logLine('after')]);
    expect(seqs(await watching)).toEqual(['snapshot 2', 3, 4]);
  });

  it('names the events that are gone, with the state in their place', async () => {
    const { task, writer } = await claimed();
    await writer.append([{ type: 'done', output: 1, durationMs: 5 }]);
    snapshots.persisted.set(task.taskId, await log.snapshot(task));
    await log.expire(task, 0);
    const messages = await collect(log.follow(task, 1, never));
    expect(messages).toMatchObject([{ type: 'snapshot', seq: 3, gap: { from: 2, to: 3 }, state: { status: 'done' } }]);
  });

  it('answers a cursor beyond the log with the current state', async () => {
    const { task } = await claimed();
    const messages = await collect(log.follow(task, 7, never), () => true);
    expect(messages).toMatchObject([{ type: 'snapshot', seq: 2, gap: { from: 3, to: 7 } }]);
  });

  it('reads the log before it says that a cursor is beyond it: pub/sub may be late (MUST 4)', async () => {
    const { task } = await claimed();
    const ahead = log.follow(task, undefined, never);
    await ahead.next();
    await appendUnpublished(task, 3);
    await appendUnpublished(task, 4);
    const waiting = new AbortController();
    const watching = collect(log.follow(task, 4, waiting.signal));
    setTimeout(() => waiting.abort(), 200);
    expect(seqs(await watching)).toEqual([]);
    expect(seqs(await collect(log.follow(task, 3, never), () => true))).toEqual([4]);
    await ahead.return();
  });

  it('ignores a message that is not its own on its channel', async () => {
    const { task, writer } = await claimed();
    const raw = new Redis(redis.redisUrl);
    const messages = await collect(log.follow(task, undefined, never), (received) => {
      if (received.length > 1) return true;
      void raw.publish(taskKeys(task).channel, 'not an event').then(() => writer.append([logLine('a')]));
      return false;
    });
    raw.disconnect();
    expect(seqs(messages)).toEqual(['snapshot 2', 3]);
  });

  it('has one subscriber connection for all watchers, and one feed per task', async () => {
    const { task, writer } = await claimed();
    const other = await claimed();
    const feedsBefore = log.statistics.watchedTasks;
    const watching = Array.from({ length: 50 }, () => collect(log.follow(task, 0, never)));
    const watchingOther = collect(log.follow(other.task, 0, never));
    await vi.waitFor(() => expect(log.statistics.watchedTasks).toBe(feedsBefore + 2));
    expect(await countSubscribers(redis.redisUrl)).toBe(1);
    await writer.append([{ type: 'done', output: 1, durationMs: 1 }]);
    await other.writer.append([{ type: 'done', output: 1, durationMs: 1 }]);
    for (const messages of await Promise.all([...watching, watchingOther])) expect(seqs(messages)).toEqual([1, 2, 3]);
  });

  it('ends when the watcher leaves while no event comes', async () => {
    const { task } = await claimed();
    const leaving = new AbortController();
    const watching = collect(log.follow(task, undefined, leaving.signal), () => {
      setImmediate(() => leaving.abort());
      return false;
    });
    expect(seqs(await watching)).toEqual(['snapshot 2']);
  });

  it('refuses a task that PostgreSQL does not have', async () => {
    await expect(collect(log.follow(newTask(), undefined, never))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('ends every watch when the server drains', async () => {
    const draining = createEventLog({ redisUrl: redis.redisUrl, loadSnapshot: snapshots.load });
    const { task } = await claimed();
    const watching = collect(draining.follow(task, undefined, never), () => {
      setImmediate(() => draining.interrupt(new TaskwireError('SERVICE_UNAVAILABLE', 'draining')));
      return false;
    });
    await expect(watching).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE', message: 'draining' });
    await expect(collect(draining.follow(task, 0, never))).rejects.toMatchObject({ message: 'draining' });
    await draining.close();
  });

  it('answers SERVICE_UNAVAILABLE within seconds while Redis is away', async () => {
    const away = createEventLog({ redisUrl: 'redis://127.0.0.1:1', loadSnapshot: snapshots.load });
    const task = snapshots.add(newTask());
    await expect(collect(away.follow(task, undefined, never))).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    await expect(away.open(task, queued())).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    await away.close();
  });
});
