import { setMaxListeners } from 'node:events';
import { firstSeq, fold, initialTaskState, receive, type TaskEventDraft } from '@taskwire/protocol';
import { collect, createTestRedis, type TestRedis } from '@taskwire/test-kit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createEventLog, type EventLog } from './event-log.ts';
import { STAGE, Snapshots, claimTask, logLine, newTask } from './testing/task-fixture.ts';

const never = new AbortController().signal;
setMaxListeners(100, never);

describe('following a log', () => {
  const snapshots = new Snapshots();
  let redis: TestRedis;
  let log: EventLog;

  beforeAll(async () => {
    redis = await createTestRedis();
    log = createEventLog({ redisUrl: redis.redisUrl, loadSnapshot: snapshots.load, patient: true });
  });
  afterAll(async () => {
    await log.close();
    await redis.stop();
  });

  const claimed = () => claimTask(log, snapshots.add(newTask()));

  const token = (index: number): TaskEventDraft => ({ type: 'token', stage: STAGE, text: 'x', offset: index });

  it('gives the persisted snapshot with the gap, and then the rest, after a trim below it', async () => {
    const { task, writer } = await claimed();
    await writer.append(['a', 'b', 'c', 'd'].map(logLine));
    const persisted = await log.snapshot(task);
    snapshots.persisted.set(task.taskId, persisted);
    await log.trim(task, 4);
    await writer.append([{ type: 'done', output: 1, durationMs: 1 }]);
    const fresh = createEventLog({ redisUrl: redis.redisUrl, loadSnapshot: snapshots.load });
    const messages = await collect(fresh.follow(task, 1, never));
    expect(messages.map(({ seq }) => seq)).toEqual([6, 7]);
    expect(messages[0]).toMatchObject({ type: 'snapshot', gap: { from: 2, to: 6 } });
    expect(await collect(fresh.follow(task, 4, never))).toMatchObject([{ seq: 5 }, { seq: 6 }, { seq: 7 }]);
    await fresh.close();
  });

  it('gives one snapshot for one gap, also after a trim beyond the beginning of the feed', async () => {
    const { task, writer } = await claimed();
    const ahead = log.follow(task, undefined, never);
    await ahead.next();
    for (let batch = 0; batch < 5; batch += 1) await writer.append(Array.from({ length: 500 }, () => logLine('x')));
    const persisted = await log.snapshot(task);
    snapshots.persisted.set(task.taskId, persisted);
    await log.trim(task, persisted.seq - 10);
    const messages = await collect(log.follow(task, 1, never), (received) => {
      if (received.length === 1) void writer.append([logLine('next')]);
      return received.length === 2;
    });
    await ahead.return();
    expect(messages).toMatchObject([
      { type: 'snapshot', gap: { from: 2, to: persisted.seq } },
      { type: 'log', seq: persisted.seq + 1 },
    ]);
  });

  it('goes on while the log is trimmed: a live watcher misses nothing', async () => {
    const { task, writer } = await claimed();
    const watching = collect(log.follow(task, 0, never));
    for (let index = 0; index < 20; index += 1) {
      const { seq } = await writer.append([logLine(String(index))]);
      snapshots.persisted.set(task.taskId, await log.snapshot(task));
      await log.trim(task, seq);
    }
    await writer.append([{ type: 'done', output: 1, durationMs: 1 }]);
    const seqs = (await watching).map(({ seq }) => seq);
    expect(seqs).toEqual(Array.from({ length: 23 }, (_, index) => index + 1));
  });

  it('gives a watcher far behind few merged tokens that name the seqs they cover', async () => {
    const { task, writer } = await claimed();
    for (let start = 0; start < 2_000; start += 200) {
      await writer.append(Array.from({ length: 200 }, (_, index) => token(start + index)));
    }
    await writer.append([{ type: 'done', output: 1, durationMs: 1 }]);
    const messages = await collect(log.follow(task, 2, never));
    expect(messages.length).toBeLessThan(20);
    let known = { seq: 2, state: fold(initialTaskState({ ...task, kind: 'test.kind' }), await log.read(task, 0, 2)) };
    let expected = 3;
    for (const message of messages) {
      expect(message.type === 'snapshot' ? 0 : firstSeq(message)).toBe(expected);
      expected = message.seq + 1;
      known = receive(known, message);
    }
    expect(known).toEqual(await log.snapshot(task));
  });

  it('merges nothing for a watcher that keeps up', async () => {
    const { task, writer } = await claimed();
    const watching = collect(log.follow(task, 2, never));
    for (let index = 0; index < 50; index += 1) {
      await writer.append([token(index)]);
      await log.snapshot(task);
    }
    await writer.append([{ type: 'done', output: 1, durationMs: 1 }]);
    expect((await watching).filter((message) => 'fromSeq' in message)).toEqual([]);
  });

  it('by polling gives the events that are there, waits for the next ones, and answers an ended task at once', async () => {
    const { task, writer } = await claimed();
    const soon = { waitMs: 30_000, signal: never };
    expect(await log.poll(task, undefined, soon)).toMatchObject([{ type: 'snapshot', seq: 2 }]);
    expect(await log.poll(task, 0, soon)).toMatchObject([{ seq: 1 }, { seq: 2 }]);
    expect(await log.poll(task, 2, { waitMs: 10, signal: never })).toEqual([]);
    const waiting = log.poll(task, 2, soon);
    await vi.waitFor(() => expect(log.statistics.watchedTasks).toBeGreaterThan(0));
    await writer.append([logLine('a'), { type: 'done', output: 1, durationMs: 1 }]);
    expect(await waiting).toMatchObject([{ seq: 3 }, { seq: 4 }]);
    expect(await log.poll(task, 4, soon)).toEqual([]);
  });
});
