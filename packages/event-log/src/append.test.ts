import { createTestRedis, type TestRedis } from '@taskwire/test-kit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connect } from './connection/connection.ts';
import { createEventLog, type EventLog } from './event-log.ts';
import { TaskLog } from './log/task-log.ts';
import { dropCommandConnections } from './testing/drop-connections.ts';
import { Snapshots, claimTask, logLine, newTask, queued } from './testing/task-fixture.ts';

describe('append', () => {
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

  it('an append of an attempt waits while Redis is full and is written once, other appends are refused', async () => {
    const errors: string[] = [];
    const onConnectionError = (error: Error) => void errors.push(error.message);
    const patient = createEventLog({
      redisUrl: redis.redisUrl,
      loadSnapshot: snapshots.load,
      patient: true,
      onConnectionError,
    });
    const admin = connect(redis.redisUrl, true);
    const task = snapshots.add(newTask());
    await patient.open(task, queued());
    const claim = await patient.claim(task, 'worker-1');
    if (!claim.claimed) throw new Error('the task was not claimed');
    await admin.config('SET', 'maxmemory', '1');
    const writing = Promise.all([claim.writer.append([logLine('a')]), claim.writer.append([logLine('b')])]);
    try {
      const cancel = patient.append(task, { type: 'canceling', requestedBy: 'someone' });
      await expect(cancel).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
      await vi.waitFor(() => expect(errors).toHaveLength(1), { timeout: 20_000 });
    } finally {
      await admin.config('SET', 'maxmemory', '0');
    }
    await writing;
    const events = await patient.read(task, 0, 100);
    expect(events.map(({ seq, type }) => `${seq} ${type}`)).toEqual(['1 queued', '2 started', '3 log', '4 log']);
    await admin.quit();
    await patient.close();
  });

  it('numbers the events of a log 1, 2, 3, … without holes, for all writers', async () => {
    const { task, writer } = await claimed();
    await Promise.all([
      writer.append([logLine('a'), logLine('b')]),
      log.append(task, { type: 'canceling', requestedBy: 'someone' }),
      writer.append([logLine('c')]),
    ]);
    const events = await log.read(task, 0, 100);
    expect(events.map((event) => event.seq)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('writes the first event of a log once', async () => {
    const task = snapshots.add(newTask());
    expect(await log.open(task, queued())).toEqual({ written: true, seq: 1 });
    expect(await log.open(task, queued())).toEqual({ written: false, reason: 'not-empty' });
  });

  it('marks every event with the attempt that wrote it', async () => {
    const { task } = await claimed();
    await log.claim(task, 'worker-2');
    const events = await log.read(task, 0, 100);
    expect(events.map((event) => [event.type, event.attempt])).toEqual([
      ['queued', 0],
      ['started', 1],
      ['started', 2],
    ]);
  });

  it('refuses a superseded attempt and writes nothing of it', async () => {
    const { task, writer } = await claimed();
    await log.claim(task, 'worker-2');
    await expect(writer.append([logLine('too late')])).rejects.toMatchObject({ reason: 'superseded' });
    expect(await log.read(task, 3, 100)).toEqual([]);
  });

  it('writes nothing after the terminal event, not even from the same batch', async () => {
    const { task, writer } = await claimed();
    await writer.append([{ type: 'done', output: 1, durationMs: 1 }, logLine('after the end')]);
    await expect(writer.append([logLine('later')])).rejects.toMatchObject({ reason: 'ended' });
    expect(await log.append(task, { type: 'canceling', requestedBy: 'x' })).toEqual({
      written: false,
      reason: 'ended',
    });
    expect(await log.claim(task, 'worker-2')).toEqual({ claimed: false, reason: 'ended' });
    const events = await log.read(task, 0, 100);
    expect(events.at(-1)?.type).toBe('done');
  });

  it('writes the first of two cancels, and reports it to the attempt at its next append', async () => {
    const { task, writer } = await claimed();
    expect((await writer.append([logLine('a')])).canceling).toBe(false);
    await log.append(task, { type: 'canceling', requestedBy: 'someone' });
    await log.append(task, { type: 'canceling', requestedBy: 'someone' });
    expect((await writer.append([logLine('b')])).canceling).toBe(true);
    const types = (await log.read(task, 2, 100)).map((event) => event.type);
    expect(types).toEqual(['log', 'canceling', 'log']);
  });

  it('writes a batch once if it is sent again after a lost answer', async () => {
    const { task, attempt } = await claimed();
    const connection = connect(redis.redisUrl, true);
    const raw = new TaskLog(connection);
    const options = { mode: 'attempt', attempt, batch: 1 } as const;
    const first = await raw.append(task, options, [logLine('a'), logLine('b')]);
    expect(await raw.append(task, options, [logLine('a'), logLine('b')])).toEqual(first);
    expect(await log.read(task, 2, 100)).toHaveLength(2);
    connection.disconnect();
  });

  it('writes in order, and nothing twice, across lost connections', async () => {
    const { task, writer } = await claimed();
    const pending = Array.from({ length: 200 }, (_, index) => writer.append([logLine(String(index))]));
    await dropCommandConnections(redis.redisUrl);
    await Promise.all(pending);
    const lines = (await log.read(task, 2, 1_000)).map((event) => (event.type === 'log' ? event.message : event.type));
    expect(lines).toEqual(Array.from({ length: 200 }, (_, index) => String(index)));
  });

  it('refuses an attempt whose log Redis has lost', async () => {
    const { task, writer } = await claimed();
    await log.expire(task, 0);
    await expect(writer.append([logLine('x')])).rejects.toMatchObject({ reason: 'lost' });
  });
});
