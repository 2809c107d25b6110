import { createTestRedis, type TestRedis } from '@taskwire/test-kit';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { REDIS_RIGHTS } from '../connection/redis-rights.ts';
import { createEventLog, type EventLog } from '../event-log.ts';
import type { TaskAddress } from '../log/keys.ts';
import { dropSubscriberConnections } from '../testing/drop-connections.ts';
import { Snapshots, claimTask, logLine, newTask, queued } from '../testing/task-fixture.ts';

const canceling = { type: 'canceling', requestedBy: 'ada' } as const;

describe('the cancel channel', () => {
  const snapshots = new Snapshots();
  let redis: TestRedis;
  let api: EventLog;
  let worker: EventLog;

  beforeAll(async () => {
    redis = await createTestRedis();
    const settings = { redisUrl: redis.redisUrl, loadSnapshot: snapshots.load };
    api = createEventLog(settings);
    worker = createEventLog({ ...settings, patient: true });
    const { onCancel } = listening(newTask());
    await vi.waitFor(() => expect(onCancel).toHaveBeenCalled());
  });
  afterAll(async () => {
    await Promise.all([api.close(), worker.close()]);
    await redis.stop();
  });

  async function openTask(): Promise<TaskAddress> {
    const task = snapshots.add(newTask());
    await api.open(task, queued());
    return task;
  }

  function listening(task: TaskAddress) {
    const onCancel = vi.fn();
    return { onCancel, end: worker.onCancelRequested(task, onCancel) };
  }

  it('names a task once for its cancel, however often that is asked for, and for no other event', async () => {
    const task = await openTask();
    const { onCancel, end } = listening(task);
    const claim = await api.claim(task, 'worker-1');
    if (!claim.claimed) throw new Error('the task was not claimed');
    await claim.writer.append([{ type: 'log', level: 'info', message: 'a' }]);
    expect(onCancel).not.toHaveBeenCalled();
    await api.append(task, canceling);
    await api.append(task, canceling);
    await claim.writer.append([{ type: 'canceled' }]);
    await vi.waitFor(() => expect(onCancel).toHaveBeenCalledTimes(1));
    end();
  });

  it('calls only the listeners of the task that it names, while they listen', async () => {
    const [one, other] = await Promise.all([openTask(), openTask()]);
    const { onCancel } = listening(one);
    const ofOther = vi.fn();
    const ended = vi.fn();
    worker.onCancelRequested(other, ofOther);
    worker.onCancelRequested(one, ended)();
    await api.append(one, canceling);
    await vi.waitFor(() => expect(onCancel).toHaveBeenCalledTimes(1));
    expect(ofOther).not.toHaveBeenCalled();
    expect(ended).not.toHaveBeenCalled();
  });

  it('calls every listener once it is subscribed again after a lost connection, and goes on', async () => {
    const task = await openTask();
    const { onCancel, end } = listening(task);
    await dropSubscriberConnections(redis.redisUrl);
    await vi.waitFor(() => expect(onCancel).toHaveBeenCalledTimes(1), 10_000);
    await api.append(task, canceling);
    await vi.waitFor(() => expect(onCancel).toHaveBeenCalledTimes(2), 10_000);
    end();
  });

  it('is not needed for a cancel: an account that may not publish on it writes the cancel', async () => {
    const admin = new Redis(redis.redisUrl);
    const rights = REDIS_RIGHTS.map((right) => (right === '&taskwire:*' ? '&taskwire:{*' : right));
    await admin.acl('SETUSER', 'limited', 'reset', 'on', '>secret-word', ...rights);
    await admin.quit();
    const redisUrl = redis.redisUrl.replace('//', '//limited:secret-word@');
    const limited = createEventLog({ redisUrl, loadSnapshot: snapshots.load });
    try {
      const { task, writer } = await claimTask(limited, snapshots.add(newTask()));
      expect(await limited.append(task, canceling)).toEqual({ written: true, seq: 3 });
      await writer.append([logLine('after')]);
      const events = await limited.read(task, 0, 10);
      expect(events.map(({ seq, type }) => `${seq} ${type}`)).toEqual([
        '1 queued',
        '2 started',
        '3 canceling',
        '4 log',
      ]);
      expect(await limited.inspect(task)).toMatchObject({ seq: 4, canceling: true });
    } finally {
      await limited.close();
    }
  });
});
