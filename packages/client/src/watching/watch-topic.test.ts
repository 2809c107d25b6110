import { TaskwireError } from '@taskwire/protocol';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { TaskwireClientError, type TopicMessage } from '../index.ts';
import { TestBench } from '../testing/test-bench.ts';

let bench: TestBench;
beforeEach(async () => {
  bench = await TestBench.start();
});
afterEach(() => bench.close());

const WAIT = { timeout: 10_000 };

/** Reads a watch in the background until it is left or fails. */
function record(messages: AsyncIterable<TopicMessage>) {
  const received: TopicMessage[] = [];
  const ended = (async () => {
    for await (const message of messages) received.push(message);
  })();
  ended.catch(() => undefined);
  const until = (count: number) => vi.waitFor(() => expect(received).toHaveLength(count), WAIT);
  return { received, ended, until, seqs: () => received.map(({ seq }) => seq) };
}

async function projectOf(taskId: string): Promise<string> {
  return (await bench.client.trpc.task.get.query({ taskId })).projectId;
}

describe.each(['watchProject', 'watchAny'] as const)('%s', (name) => {
  async function watch(taskId: string, options: { lastEventId?: string; signal?: AbortSignal } = {}) {
    const { client } = bench;
    return record(
      name === 'watchAny' ? client.watchAny(options) : client.watchProject(await projectOf(taskId), options),
    );
  }

  test('begins with the unfinished tasks, gets every event once, and continues after the end of a task', async () => {
    const taskId = await bench.runningTask();
    const watched = await watch(taskId);
    await watched.until(1);
    expect(watched.received[0]).toMatchObject({ type: 'snapshot', state: { tasks: [{ taskId, status: 'running' }] } });
    bench.done(taskId);
    await bench.runningTask();
    await watched.until(5);
    expect(watched.seqs()).toEqual([1003, 1004, 1005, 1006, 1007]);
  });

  test('a lost connection reconnects at its cursor in the topic', async () => {
    const taskId = await bench.runningTask();
    const watched = await watch(taskId);
    await watched.until(1);
    bench.server.cutStreams();
    bench.progress(taskId, 1);
    await watched.until(2);
    expect(watched.seqs()).toEqual([1003, 1004]);
    expect(bench.server.streamCursors).toEqual([undefined, '1003']);
  });

  test('a stream that the server ends is opened again at the cursor', async () => {
    const taskId = await bench.runningTask();
    const watched = await watch(taskId, { lastEventId: '1002' });
    await watched.until(1);
    bench.server.ports.events.refusal = new TaskwireError('SERVICE_UNAVAILABLE', 'the server is restarting');
    bench.server.cutStreams();
    await vi.waitFor(() => expect(bench.server.streamCursors.length).toBeGreaterThan(1), WAIT);
    bench.server.ports.events.refusal = undefined;
    bench.progress(taskId, 1);
    await watched.until(2);
    expect(watched.seqs()).toEqual([1003, 1004]);
  });

  test('drops a duplicate; after a hole, delivers nothing and reconnects', async () => {
    const taskId = await bench.runningTask();
    let dropped = false;
    bench.server.ports.events.tamperTopic = (message) => {
      if (message.seq !== 1005 || dropped) return [message, message];
      dropped = true;
      return [];
    };
    const watched = await watch(taskId);
    await watched.until(1);
    for (const current of [1, 2, 3]) bench.progress(taskId, current);
    await watched.until(4);
    expect(watched.seqs()).toEqual([1003, 1004, 1005, 1006]);
    expect(bench.server.streamCursors).toEqual([undefined, '1004']);
  });

  test('accepts a snapshot with a gap at any seq; treats one without a gap as a hole', async () => {
    const taskId = await bench.runningTask();
    const watched = await watch(taskId, { lastEventId: '7' });
    await watched.until(1);
    expect(watched.received[0]).toMatchObject({ type: 'snapshot', seq: 1003, gap: { from: 8, to: 1003 } });
    let bare = true;
    bench.server.ports.events.tamperTopic = (message) => {
      if (!bare) return [message];
      bare = false;
      return [{ type: 'snapshot', seq: message.seq, state: { tasks: [] } }];
    };
    bench.progress(taskId, 1);
    await watched.until(2);
    expect(watched.received[1]).toMatchObject({ type: 'event', seq: 1004 });
    expect(bench.server.streamCursors).toEqual(['7', '1003']);
  });

  test('leaving closes the connection', async () => {
    const taskId = await bench.runningTask();
    const leaving = new AbortController();
    const watched = await watch(taskId, { signal: leaving.signal });
    await watched.until(1);
    leaving.abort();
    await watched.ended;
    await vi.waitFor(() => expect(bench.server.openStreams).toBe(0), WAIT);
  });

  test('a server failure that is not retryable ends the watch', async () => {
    const taskId = await bench.runningTask();
    bench.server.ports.events.refusal = new Error('an entry that cannot be read');
    const watched = await watch(taskId);
    const error: unknown = await watched.ended.catch((reason: unknown) => reason);
    if (!(error instanceof TaskwireClientError)) throw new Error('no client error');
    expect(error).toMatchObject({
      code: 'INTERNAL',
      message: 'something went wrong on the server',
      isRetryable: false,
    });
    expect(bench.server.streamCursors).toHaveLength(1);
  });
});

test('watchProject gets events that match its filter; other events only move the cursor', async () => {
  const taskId = await bench.runningTask();
  const options = { stages: ['count'], types: ['progress'], lastEventId: '1003' } as const;
  const watched = record(bench.client.watchProject(await projectOf(taskId), options));
  bench.write(taskId, { type: 'log', level: 'info', message: 'x' });
  await vi.waitFor(() => expect(watched.seqs().at(-1)).toBe(1004), WAIT);
  bench.progress(taskId, 1);
  await watched.until(2);
  expect(watched.received).toMatchObject([
    { type: 'skipped', seq: 1004 },
    { type: 'event', seq: 1005, event: { type: 'progress' } },
  ]);
  expect(bench.server.streamCursors).toEqual(['1003']);
});

test("someone else's project ends the watch with NOT_FOUND", async () => {
  const projectId = await projectOf(await bench.runningTask());
  const bob = bench.connect(bench.server.issueToken('bob'));
  await expect(record(bob.watchProject(projectId)).ended).rejects.toMatchObject({ code: 'NOT_FOUND', status: 404 });
});

test('an invalid cursor is refused, naming the field', async () => {
  await expect(record(bench.client.watchAny({ lastEventId: 'x' })).ended).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    fields: [{ path: 'lastEventId' }],
  });
});

test('events and messages of a later version are unreadable in their place (MUST 20)', async () => {
  const taskId = await bench.runningTask();
  bench.server.ports.events.tamperTopic = (message) => {
    if (message.type !== 'event' || message.event.type !== 'log') return [message];
    const { seq, event } = message;
    const novel: TopicMessage[] = JSON.parse(
      JSON.stringify([
        event.message === 'a' ? { type: 'novel', seq } : { ...message, event: { ...event, level: 'loud' } },
      ]),
    );
    return novel;
  };
  const watched = record(bench.client.watchAny());
  await watched.until(1);
  for (const message of ['a', 'b']) bench.write(taskId, { type: 'log', level: 'info', message });
  bench.done(taskId);
  await watched.until(4);
  expect(watched.received.slice(1)).toMatchObject([
    { type: 'event', event: { type: 'unreadable', originalType: 'novel' } },
    { type: 'event', event: { type: 'unreadable', originalType: 'log', taskId } },
    { type: 'event', event: { type: 'done' } },
  ]);
});
