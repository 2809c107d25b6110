import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { taskKind, type ConnectionState, type TaskStore } from '../index.ts';
import { TestBench } from '../testing/test-bench.ts';
import { countTask } from '../testing/test-tasks.ts';

let bench: TestBench;
beforeEach(async () => {
  bench = await TestBench.start();
});
afterEach(() => bench.close());

const WAIT = { timeout: 10_000 };

/** Subscribes, and notes every connection state as it changes. */
function observe(store: TaskStore) {
  const states: ConnectionState[] = [];
  const leave = store.subscribe(() => {
    const { connection } = store.getSnapshot();
    if (states.at(-1) !== connection) states.push(connection);
  });
  return { states, leave };
}

async function untilConnection(store: TaskStore, connection: ConnectionState): Promise<void> {
  await vi.waitFor(() => expect(store.getSnapshot().connection).toBe(connection), WAIT);
}

test('folds the messages and ends with the task', async () => {
  const taskId = await bench.runningTask();
  const store = bench.client.taskStore(taskId, { task: countTask });
  const { states } = observe(store);
  await untilConnection(store, 'live');
  bench.progress(taskId, 4);
  await vi.waitFor(() => expect(store.getSnapshot().state?.percent).toBe(40), WAIT);
  bench.done(taskId);
  await untilConnection(store, 'ended');
  expect(store.getSnapshot()).toMatchObject({ seq: 5, state: { status: 'done', output: { counted: 10 } } });
  expect(states).toEqual(['connecting', 'live', 'ended']);
});

test('its snapshot is the same object until the view changes', async () => {
  const taskId = await bench.runningTask();
  const store = bench.client.taskStore(taskId);
  observe(store);
  await untilConnection(store, 'live');
  const view = store.getSnapshot();
  expect(store.getSnapshot()).toBe(view);
  bench.progress(taskId, 1);
  await vi.waitFor(() => expect(store.getSnapshot()).not.toBe(view), WAIT);
  expect(view.state?.percent).toBe(0);
});

test('there is one store for each task and client, with one stream for all subscribers', async () => {
  const taskId = await bench.runningTask();
  const store = bench.client.taskStore(taskId);
  expect(bench.client.taskStore(taskId)).toBe(store);
  observe(store);
  observe(store);
  await untilConnection(store, 'live');
  expect(bench.server.streamCursors).toHaveLength(1);
});

test('a store of a name takes values as sent, beside that of the definition, which checks them', async () => {
  const taskId = await bench.runningTask();
  bench.server.ports.events.write(taskId, { type: 'done', output: { counted: 'many' }, durationMs: 1 });
  const named = bench.client.taskStore(taskId, { task: taskKind<typeof countTask>('demo.count') });
  const checked = bench.client.taskStore(taskId, { task: countTask });
  for (const store of [named, checked]) {
    observe(store);
    await untilConnection(store, 'ended');
  }
  expect(named.getSnapshot().state?.output).toEqual({ counted: 'many' });
  expect(checked.getSnapshot().state).toMatchObject({ unreadableOutput: { counted: 'many' } });
  expect(bench.client.taskStore(taskId, { task: { ...countTask } })).toBe(checked);
});

test('the last subscriber to leave closes the stream; the next one continues at the cursor', async () => {
  const taskId = await bench.runningTask();
  const store = bench.client.taskStore(taskId);
  const [first, second] = [observe(store), observe(store)];
  await untilConnection(store, 'live');
  first.leave();
  first.leave();
  expect(store.getSnapshot().connection).toBe('live');
  second.leave();
  expect(store.getSnapshot()).toMatchObject({ connection: 'idle', seq: 3 });
  await vi.waitFor(() => expect(bench.server.openStreams).toBe(0), WAIT);
  bench.progress(taskId, 1);
  observe(store);
  expect(store.getSnapshot().connection).toBe('reconnecting');
  await vi.waitFor(() => expect(store.getSnapshot().seq).toBe(4), WAIT);
  expect(bench.server.streamCursors).toEqual([undefined, '3']);
});

test('an ended task is not watched again', async () => {
  const taskId = await bench.runningTask();
  bench.done(taskId);
  const store = bench.client.taskStore(taskId);
  observe(store).leave();
  observe(store);
  await untilConnection(store, 'ended');
  const asked = bench.server.streamCursors.length;
  observe(store);
  expect(store.getSnapshot().connection).toBe('ended');
  expect(bench.server.streamCursors).toHaveLength(asked);
});

test('while the server is away, the view is not live and says why', async () => {
  const taskId = await bench.runningTask();
  const store = bench.client.taskStore(taskId);
  const { states } = observe(store);
  await untilConnection(store, 'live');
  bench.server.streamRefusal = 'SERVICE_UNAVAILABLE';
  bench.server.cutStreams();
  await vi.waitFor(() => expect(store.getSnapshot().error?.code).toBe('SERVICE_UNAVAILABLE'), WAIT);
  expect(store.getSnapshot()).toMatchObject({ connection: 'reconnecting', seq: 3, state: { status: 'running' } });
  bench.server.streamRefusal = undefined;
  await untilConnection(store, 'live');
  expect(store.getSnapshot().error).toBeUndefined();
  expect(states).toEqual(['connecting', 'live', 'reconnecting', 'live']);
});

test('names the events of a gap', async () => {
  const taskId = await bench.runningTask();
  const store = bench.client.taskStore(taskId);
  observe(store);
  await untilConnection(store, 'live');
  const { events } = bench.server.ports;
  events.tamper = () => [{ type: 'snapshot', ...events.snapshotNow(taskId), gap: { from: 4, to: 5 } }];
  bench.progress(taskId, 1);
  await vi.waitFor(() => expect(store.getSnapshot()).toMatchObject({ seq: 4, gap: { from: 4, to: 5 } }), WAIT);
});

test('fails with the reason if reconnecting cannot help, and tries again for the next subscriber', async () => {
  const taskId = await bench.runningTask();
  const store = bench.connect(bench.server.issueToken('bob')).taskStore(taskId);
  const { leave } = observe(store);
  await untilConnection(store, 'failed');
  expect(store.getSnapshot().error?.code).toBe('NOT_FOUND');
  leave();
  observe(store);
  expect(store.getSnapshot().connection).toBe('connecting');
  await untilConnection(store, 'failed');
});

test('an error of a listener is reported, and disturbs neither other listeners nor the watch', async () => {
  const taskId = await bench.runningTask();
  const store = bench.client.taskStore(taskId);
  const reported = vi.fn();
  const queue = globalThis.queueMicrotask;
  vi.stubGlobal('queueMicrotask', (callback: () => void) =>
    queue(() => {
      try {
        callback();
      } catch (error) {
        reported(error);
      }
    }),
  );
  try {
    store.subscribe(() => {
      throw new Error('a broken listener');
    });
    const { states } = observe(store);
    bench.done(taskId);
    await untilConnection(store, 'ended');
    expect(states.at(-1)).toBe('ended');
    expect(bench.server.streamCursors).toHaveLength(1);
    expect(reported).toHaveBeenCalledWith(new Error('a broken listener'));
  } finally {
    vi.unstubAllGlobals();
  }
});

test('a listener may leave while it is called', async () => {
  const taskId = await bench.runningTask();
  const store = bench.client.taskStore(taskId);
  let calls = 0;
  const leave = store.subscribe(() => {
    calls += 1;
    if (store.getSnapshot().connection === 'live') leave();
  });
  await untilConnection(store, 'idle');
  await vi.waitFor(() => expect(bench.server.openStreams).toBe(0), WAIT);
  expect(calls).toBeGreaterThan(0);
});

test('closing the client closes its stores', async () => {
  const taskId = await bench.runningTask();
  const store = bench.client.taskStore(taskId);
  observe(store);
  await untilConnection(store, 'live');
  bench.client.close();
  expect(store.getSnapshot().connection).toBe('idle');
  await vi.waitFor(() => expect(bench.server.openStreams).toBe(0), WAIT);
});
