import { setMaxListeners } from 'node:events';
import { fold, type TaskEvent, type TaskMessage } from '@taskwire/protocol';
import { collect, createTestRedis, type TestRedis } from '@taskwire/test-kit';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createEventLog, type EventLog } from './event-log.ts';
import { taskKeys, type TaskAddress } from './log/keys.ts';
import { eventsLost } from './log/restore-log.ts';
import { dropSubscriberConnections } from './testing/drop-connections.ts';
import { Snapshots, logLine, newTask, queued } from './testing/task-fixture.ts';

const never = new AbortController().signal;
setMaxListeners(100, never);
const LOST = { attempt: 1, canceling: false, event: eventsLost() };

describe('a log that Redis has lost', () => {
  const snapshots = new Snapshots();
  let redis: TestRedis;
  let raw: Redis;
  /** The two share only Redis, as writers and watchers in different processes do. */
  let writing: EventLog;
  let watching: EventLog;
  let leaving = new AbortController();

  beforeAll(async () => {
    redis = await createTestRedis();
    raw = new Redis(redis.redisUrl);
    writing = createEventLog({ redisUrl: redis.redisUrl, loadSnapshot: snapshots.load, patient: true });
    watching = createEventLog({ redisUrl: redis.redisUrl, loadSnapshot: snapshots.load, patient: true });
  });
  afterAll(async () => {
    raw.disconnect();
    await Promise.all([writing.close(), watching.close()]);
    await redis.stop();
  });

  afterEach(() => {
    leaving.abort();
    leaving = new AbortController();
  });

  async function claimed() {
    const task = snapshots.add(newTask());
    await writing.open(task, queued());
    return { task, ...(await claim(task)) };
  }

  async function claim(task: TaskAddress) {
    const outcome = await writing.claim(task, 'worker-1');
    if (!outcome.claimed) throw new Error('the task was not claimed');
    return outcome;
  }

  /** Removes the last events, as a restart of Redis with an older state does. */
  async function loseEnd(task: TaskAddress, { seq, batch }: { seq: number; batch: number }) {
    const keys = taskKeys(task);
    const lost = await raw.xrange(keys.log, `${seq + 1}-0`, '+');
    await raw.xdel(keys.log, ...lost.map(([id]) => id));
    await raw.call('XSETID', keys.log, `${seq}-0`);
    await raw.hset(keys.meta, 'seq', seq, 'batch', batch);
  }

  function follow(task: TaskAddress, cursor?: number) {
    const messages: TaskMessage[] = [];
    const ended = collect(watching.follow(task, cursor, leaving.signal), (received) => {
      messages.splice(0, Infinity, ...received);
      return false;
    });
    return { messages, ended };
  }

  it('refuses claims, cancels and appends', async () => {
    const { task, writer } = await claimed();
    await raw.flushall();
    expect(await writing.inspect(task)).toBeUndefined();
    expect(await writing.claim(task, 'worker-2')).toEqual({ claimed: false, reason: 'lost' });
    expect(await writing.append(task, { type: 'canceling', requestedBy: 'x' })).toMatchObject({ reason: 'lost' });
    await expect(writer.append([logLine('x')])).rejects.toMatchObject({ reason: 'lost' });
  });

  it('goes on beyond its earlier seqs, on the persisted state, and watchers get one gap', async () => {
    const { task, writer } = await claimed();
    await writer.append([logLine('kept')]);
    snapshots.persisted.set(task.taskId, await writing.snapshot(task));
    const { messages, ended } = follow(task);
    await writer.append([logLine('lost')]);
    await vi.waitFor(() => expect(messages.at(-1)).toMatchObject({ seq: 4 }));
    await raw.flushall();
    expect(await writing.restore(task, LOST)).toBe(true);
    const again = await claim(task);
    await again.writer.append([{ type: 'done', output: 1, durationMs: 1 }]);
    await ended;

    const gaps = messages.filter((message) => message.type === 'snapshot' && message.gap !== undefined);
    expect(gaps).toHaveLength(1);
    const [gap] = gaps;
    expect(gap?.seq).toBeGreaterThan(10 * Date.UTC(2026, 0));
    expect(gap).toMatchObject({ gap: { from: 5, to: gap?.seq }, state: { logs: [{ message: 'kept' }] } });
    const epoch = gap?.seq ?? 0;
    const after = messages.slice(messages.findIndex((message) => message === gap) + 1);
    expect(after.map(({ seq, type }) => [seq - epoch, type])).toEqual([
      [1, 'retrying'],
      [2, 'started'],
      [3, 'done'],
    ]);
  });

  it('gives a watcher that comes back later the gap, from any cursor', async () => {
    const { task } = await claimed();
    await raw.flushall();
    await writing.restore(task, LOST);
    for (const cursor of [0, 1, 2]) {
      const [first] = await collect(watching.follow(task, cursor, never), () => true);
      expect(first).toMatchObject({ type: 'snapshot', gap: { from: cursor + 1, to: first?.seq } });
    }
  });

  it('gives a watcher that is ahead of the remaining log nothing until the log goes on', async () => {
    const { task } = await claimed();
    await raw.flushall();
    expect(await watching.poll(task, 2, { waitMs: 50, signal: never })).toEqual([]);
    const { messages } = follow(task, 2);
    await writing.restore(task, LOST);
    await vi.waitFor(() => expect(messages).toHaveLength(2));
    expect(messages[0]).toMatchObject({ type: 'snapshot', gap: { from: 3 } });
    expect(messages[1]).toMatchObject({ type: 'retrying', error: { code: 'EVENTS_LOST' } });
  });

  it('is restored once by several callers at once', async () => {
    const { task } = await claimed();
    await raw.flushall();
    const answers = await Promise.all([writing, watching, writing].map((log) => log.restore(task, LOST)));
    expect(answers.filter(Boolean)).toHaveLength(1);
    const status = await writing.inspect(task);
    expect(await writing.read(task, status?.epoch ?? 0, 10)).toHaveLength(1);
  });

  it('is not restored while it is there, or after the end of its task', async () => {
    const { task, writer } = await claimed();
    expect(await writing.restore(task, LOST)).toBe(false);
    await writer.append([{ type: 'done', output: 1, durationMs: 1 }]);
    snapshots.persisted.set(task.taskId, await writing.snapshot(task));
    await raw.flushall();
    expect(await writing.restore(task, LOST)).toBe(false);
    expect(await writing.inspect(task)).toBeUndefined();
  });

  it('refuses an attempt of an earlier epoch, even with the same attempt number', async () => {
    const { task, writer } = await claimed();
    await raw.flushall();
    await writing.restore(task, { ...LOST, attempt: 0 });
    const again = await claim(task);
    expect(again.attempt).toBe(writer.attempt);
    await expect(writer.append([logLine('zombie')])).rejects.toMatchObject({ reason: 'lost' });
    await again.writer.append([logLine('alive')]);
    const { state } = await writing.snapshot(task);
    expect(state.logs.map(({ message }) => message)).toEqual(['alive']);
  });

  it('keeps a requested cancel and the known percent', async () => {
    const { task } = await claimed();
    await raw.flushall();
    await writing.restore(task, { ...LOST, canceling: true, percent: 40 });
    expect((await writing.snapshot(task)).state).toMatchObject({ status: 'canceling', percent: 40 });
    const { writer } = await claim(task);
    expect((await writer.append([logLine('x')])).canceling).toBe(true);
  });

  it('refuses a writer whose last events are gone, so that no seq means two events', async () => {
    const { task, writer } = await claimed();
    await writer.append([logLine('kept')]);
    await writer.append([logLine('lost')]);
    await loseEnd(task, { seq: 3, batch: 1 });
    await expect(writer.append([logLine('next')])).rejects.toMatchObject({ reason: 'lost' });
    expect(writer.lastSeq).toBe(4);
    expect(await writing.restore(task, { ...LOST, lostAfter: writer.lastSeq })).toBe(true);
    const { seq, state } = await writing.snapshot(task);
    expect(seq).toBeGreaterThan(10 * Date.UTC(2026, 0));
    expect(state.logs.map(({ message }) => message)).toEqual(['kept']);
  });

  it('also begins anew if it has grown again up to its watchers', async () => {
    const { task, writer } = await claimed();
    const { messages } = follow(task);
    await writer.append([logLine('kept')]);
    await writer.append([logLine('lost')]);
    await vi.waitFor(() => expect(messages.at(-1)).toMatchObject({ seq: 4 }));
    await loseEnd(task, { seq: 3, batch: 1 });
    await dropSubscriberConnections(redis.redisUrl);
    await writing.append(task, { type: 'canceling', requestedBy: 'x' });
    await vi.waitFor(
      () => {
        const snapshot = messages.findLast((message) => message.type === 'snapshot');
        expect(snapshot).toMatchObject({
          gap: { from: 5 },
          state: { status: 'canceling', logs: [{ message: 'kept' }] },
        });
      },
      { timeout: 10_000 },
    );
    await expect(writer.append([logLine('zombie')])).rejects.toMatchObject({ reason: 'lost' });
  });

  it('ends for its watchers if its task has ended in PostgreSQL meanwhile', async () => {
    const { task, writer } = await claimed();
    const { messages, ended } = follow(task);
    await vi.waitFor(() => expect(messages).toHaveLength(1));
    snapshots.persisted.set(task.taskId, await endUnheard(task, writer));
    await raw.flushall();
    await dropSubscriberConnections(redis.redisUrl);
    await ended;
    expect(messages.slice(1)).toMatchObject([
      { type: 'snapshot', seq: 4, gap: { from: 3, to: 4 }, state: { status: 'done' } },
    ]);
  });

  /** The log after the end of the task, of which no event was published. */
  async function endUnheard(task: TaskAddress, { attempt }: { attempt: number }) {
    const { state } = await writing.snapshot(task);
    const base = { taskId: task.taskId, projectId: task.projectId, attempt, at: 1 };
    const line: TaskEvent = { ...base, seq: 3, type: 'log', level: 'info', message: 'unheard' };
    const end: TaskEvent = { ...base, seq: 4, type: 'done', output: 1, durationMs: 1 };
    return { seq: 4, state: fold(state, [line, end]) };
  }

  it('cannot be claimed while it ends below the persisted state', async () => {
    const { task, writer } = await claimed();
    await writer.append(['a', 'b', 'c'].map(logLine));
    snapshots.persisted.set(task.taskId, await writing.snapshot(task));
    await loseEnd(task, { seq: 2, batch: 0 });
    expect(await writing.claim(task, 'worker-2')).toEqual({ claimed: false, reason: 'lost', lostAfter: 5 });
    expect(await writing.restore(task, { ...LOST, lostAfter: 5 })).toBe(true);
    expect((await claim(task)).snapshot.state.logs).toHaveLength(3);
  });

  it('is restored by its watchers if it comes back without the end that they have', async () => {
    const { task, writer } = await claimed();
    const { messages } = follow(task);
    await writer.append([logLine('kept')]);
    await writer.append([logLine('lost')]);
    await vi.waitFor(() => expect(messages.at(-1)).toMatchObject({ seq: 4 }));
    await loseEnd(task, { seq: 3, batch: 1 });
    await dropSubscriberConnections(redis.redisUrl);
    await vi.waitFor(() => expect(messages.at(-1)).toMatchObject({ type: 'retrying' }), { timeout: 10_000 });
    expect(messages.at(-2)).toMatchObject({ type: 'snapshot', gap: { from: 5 } });
    await expect(writer.append([logLine('zombie')])).rejects.toMatchObject({ reason: 'lost' });
  });
});
