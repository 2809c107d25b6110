import { setMaxListeners } from 'node:events';
import { randomUUID } from 'node:crypto';
import type { TaskMessage, TopicMessage } from '@taskwire/protocol';
import { createTestRedis, type TestRedis } from '@taskwire/test-kit';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createEventLog, type AttemptWriter, type EventLog } from './index.ts';
import { taskKeys, topicKeys, type TaskAddress, type TopicAddress } from './log/keys.ts';
import { Snapshots, logLine, newTask, queued } from './testing/task-fixture.ts';

const WAIT = { timeout: 10_000 };

function forgedEvent(
  task: TaskAddress,
  seq: number,
  fields: object = { type: 'log', level: 'info', message: 'forged' },
) {
  const { taskId, projectId } = task;
  return JSON.stringify({ seq, attempt: 1, at: Date.now(), taskId, projectId, ...fields });
}

/** Messages that the scripts of a log did not publish; `seq` is the next one. */
const FORGERIES: [string, (task: TaskAddress, seq: number) => string][] = [
  ['the next event', (task, seq) => forgedEvent(task, seq)],
  ['several events', (task, seq) => [seq, seq + 1, seq + 2].map((each) => forgedEvent(task, each)).join('\n')],
  ['a later event', (task, seq) => forgedEvent(task, seq + 1_000)],
  ['an earlier event that differs', (task) => forgedEvent(task, 2)],
  ['the end', (task, seq) => forgedEvent(task, seq, { type: 'done', output: { counted: 0 }, durationMs: 1 })],
  ['an error', (task, seq) => forgedEvent(task, seq, { type: 'error', code: 'HANDLER_FAILED', message: 'forged' })],
  ['a signature of another secret', (task, seq) => signed(forgedEvent(task, seq))],
  ['a signature cut off', (task, seq) => signed(forgedEvent(task, seq)).replace('0'.repeat(10), '')],
  ['a signature that is no text', (task, seq) => forgedEvent(task, seq).replace('{', '{"mac":null,')],
  ['JSON cut off', (task, seq) => forgedEvent(task, seq).slice(0, 40)],
  ['no JSON', () => 'done'],
  ['nothing', () => ''],
];

function signed(event: string): string {
  return event.replace('{', `{"mac":"${'0'.repeat(40)}",`);
}

describe('messages that the log did not publish', () => {
  const snapshots = new Snapshots();
  let redis: TestRedis;
  let raw: Redis;
  let writing: EventLog;
  let watching: EventLog;
  const leaving = new AbortController();
  setMaxListeners(200, leaving.signal);

  beforeAll(async () => {
    redis = await createTestRedis();
    raw = new Redis(redis.redisUrl);
    writing = createEventLog({ redisUrl: redis.redisUrl, loadSnapshot: snapshots.load });
    watching = createEventLog({ redisUrl: redis.redisUrl, loadSnapshot: snapshots.load });
  });
  afterAll(async () => {
    leaving.abort();
    raw.disconnect();
    await Promise.all([writing.close(), watching.close()]);
    await redis.stop();
  });

  async function claimed(): Promise<{ task: TaskAddress; writer: AttemptWriter }> {
    const task = snapshots.add(newTask());
    await writing.open(task, queued());
    const claim = await writing.claim(task, 'worker-1');
    if (!claim.claimed) throw new Error('the task was not claimed');
    return { task, writer: claim.writer };
  }

  function record<Message>(stream: AsyncIterable<Message>): Message[] {
    const messages: Message[] = [];
    void (async () => {
      for await (const message of stream) messages.push(message);
    })();
    return messages;
  }

  async function watched(task: TaskAddress): Promise<TaskMessage[]> {
    const messages = record(watching.follow(task, undefined, leaving.signal));
    await vi.waitFor(() => expect(messages).toHaveLength(1), WAIT);
    return messages;
  }

  async function watchedTopic(topic: TopicAddress): Promise<TopicMessage[]> {
    const messages = record(watching.followTopic(topic, { cursor: undefined }, leaving.signal));
    await vi.waitFor(() => expect(messages).toHaveLength(1), WAIT);
    return messages;
  }

  it.each(FORGERIES)('%s: no watcher of the task sees it, and the stream goes on', async (_name, forge) => {
    const { task, writer } = await claimed();
    const messages = await watched(task);
    await raw.publish(taskKeys(task).channel, forge(task, 3));
    await writer.append([logLine('a')]);
    await raw.publish(taskKeys(task).channel, forge(task, 4));
    await writer.append([logLine('b'), { type: 'done', output: 1, durationMs: 1 }]);
    await vi.waitFor(() => expect(messages.at(-1)).toMatchObject({ type: 'done', seq: 5, output: 1 }), WAIT);
    expect(messages.slice(1)).toMatchObject([{ seq: 3, message: 'a' }, { seq: 4, message: 'b' }, { seq: 5 }]);
  });

  it.each(FORGERIES)('%s: no watcher of a topic sees it, and the stream goes on', async (_name, forge) => {
    const { task, writer } = await claimed();
    const project = { projectId: task.projectId };
    const owner = { ownerId: task.ownerId };
    const [ofProject, ofOwner] = [await watchedTopic(project), await watchedTopic(owner)];
    for (const [topic, messages] of [[project, ofProject] as const, [owner, ofOwner] as const]) {
      const next = (messages[0]?.seq ?? 0) + 1;
      await raw.publish(topicKeys(topic).channel, `${next}\n${forge(task, 3)}`);
      await raw.publish(topicKeys(topic).channel, forge(task, next));
    }
    await writer.append([{ type: 'done', output: 1, durationMs: 1 }]);
    for (const messages of [ofProject, ofOwner]) {
      await vi.waitFor(() => expect(messages).toHaveLength(2), WAIT);
      expect(messages[1]).toMatchObject({ type: 'event', event: { type: 'done', seq: 3, output: 1 } });
    }
  });

  it('a signed message of another log is ignored', async () => {
    const [first, second] = [await claimed(), await claimed()];
    const messages = await watched(second.task);
    const copied: string[] = [];
    const listener = raw.duplicate();
    listener.on('message', (_channel, message) => copied.push(message));
    await listener.subscribe(taskKeys(first.task).channel);
    await first.writer.append([logLine('of another task')]);
    await vi.waitFor(() => expect(copied).toHaveLength(1), WAIT);
    listener.disconnect();
    await raw.publish(taskKeys(second.task).channel, copied[0] ?? '');
    await second.writer.append([logLine('its own')]);
    await vi.waitFor(() => expect(messages).toHaveLength(2), WAIT);
    expect(messages[1]).toMatchObject({ message: 'its own' });
  });

  it('a flood of them costs few reads, and the log’s own messages still cost none', async () => {
    const { task, writer } = await claimed();
    const messages = await watched(task);
    const before = watching.statistics.logReads.task;
    const started = performance.now();
    for (let round = 0; round < 200; round += 1) {
      const flood = raw.pipeline();
      for (let index = 0; index < 20; index += 1) flood.publish(taskKeys(task).channel, forgedEvent(task, 3 + round));
      await Promise.all([flood.exec(), writer.append([logLine(`own ${round}`)])]);
    }
    await vi.waitFor(() => expect(messages).toHaveLength(201), WAIT);
    const reads = watching.statistics.logReads.task - before;
    expect(messages.slice(1).every((message) => message.type === 'log' && message.message.startsWith('own'))).toBe(
      true,
    );
    expect(reads).toBeLessThanOrEqual((performance.now() - started) / 20 + 2);
  });

  it('the log’s own messages cost no read', async () => {
    const { task, writer } = await claimed();
    const messages = await watched(task);
    const before = watching.statistics.logReads.task;
    for (let round = 0; round < 50; round += 1) await writer.append([logLine('x')]);
    await vi.waitFor(() => expect(messages).toHaveLength(51), WAIT);
    expect(watching.statistics.logReads.task).toBe(before);
  });

  it('an event that an older version publishes without a signature arrives', async () => {
    const { task } = await claimed();
    const messages = await watched(task);
    const event = forgedEvent(task, 3, { type: 'log', level: 'info', message: 'of an older worker' });
    const { log, meta, channel } = taskKeys(task);
    await raw.multi().xadd(log, '3-0', 'event', event).hset(meta, 'seq', 3).publish(channel, event).exec();
    await vi.waitFor(() => expect(messages[1]).toMatchObject({ seq: 3, message: 'of an older worker' }), WAIT);
  });

  it('a log that begins anew, with another secret, is followed', async () => {
    const { task } = await claimed();
    const messages = await watched(task);
    const { log, meta, base } = taskKeys(task);
    await raw.del(log, meta, base);
    const event = { type: 'retrying', delayMs: 0, error: { code: 'EVENTS_LOST', message: 'lost' } } as const;
    await writing.restore(task, { attempt: 1, canceling: false, event });
    await raw.hset(meta, 'secret', randomUUID());
    const claim = await writing.claim(task, 'worker-2');
    if (!claim.claimed) throw new Error('the task was not claimed');
    await claim.writer.append([logLine('in the new epoch')]);
    await vi.waitFor(() => expect(messages.at(-1)).toMatchObject({ message: 'in the new epoch' }), WAIT);
  });
});
