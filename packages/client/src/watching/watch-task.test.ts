import { ERROR_CODES, TaskwireError, type TaskMessage } from '@taskwire/protocol';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { TaskwireClientError } from '../index.ts';
import { TestBench } from '../testing/test-bench.ts';
import { countTask, ingestTask } from '../testing/test-tasks.ts';

let bench: TestBench;
beforeEach(async () => {
  bench = await TestBench.start();
});
afterEach(() => bench.close());

const WAIT = { timeout: 10_000 };

/** Reads a watch to its end, in the background; `seqs` grows as messages come. */
function record<Message extends { seq: number; type: string }>(messages: AsyncIterable<Message>) {
  const received: Message[] = [];
  const ended = (async () => {
    for await (const message of messages) received.push(message);
  })();
  ended.catch(() => undefined);
  return { received, ended, seqs: () => received.map((message) => message.seq) };
}

function isGet(input: string | URL | Request): boolean {
  return String(input instanceof Request ? input.url : input).includes('task.get');
}

async function failureOf(ended: Promise<void>): Promise<TaskwireClientError> {
  const error = await ended.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof TaskwireClientError) return error;
  throw new Error('the watch did not fail as it should', { cause: error });
}

describe('an undisturbed watch', () => {
  test('begins with a snapshot, gets every event once and ends after the terminal event', async () => {
    const taskId = await bench.runningTask();
    const watch = record(bench.client.watchTask(taskId));
    await vi.waitFor(() => expect(watch.seqs()).toEqual([3]), WAIT);
    for (const current of [1, 2, 3]) bench.progress(taskId, current);
    bench.done(taskId);
    await watch.ended;
    expect(watch.seqs()).toEqual([3, 4, 5, 6, 7]);
    expect(watch.received.at(0)?.type).toBe('snapshot');
    expect(watch.received.at(-1)).toMatchObject({ type: 'done', output: { counted: 10 } });
  });

  test('closes its connection at the end and does not reconnect', async () => {
    const taskId = await bench.runningTask();
    bench.done(taskId);
    const watch = record(bench.client.watchTask(taskId));
    await watch.ended;
    await vi.waitFor(() => expect(bench.server.openStreams).toBe(0), WAIT);
    expect(bench.server.streamCursors).toEqual([undefined]);
  });

  test('gives messages the types of its kind', async () => {
    const taskId = await bench.runningTask();
    bench.done(taskId);
    for await (const message of bench.client.watchTask(taskId, { task: countTask })) {
      if (message.type === 'snapshot') expect(message.state.output?.counted).toBe(10);
    }
    expect.assertions(1);
  });

  test('is refused when the task is of another kind', async () => {
    const taskId = await bench.runningTask();
    const watch = record(bench.client.watchTask(taskId, { task: ingestTask }));
    expect(await failureOf(watch.ended)).toMatchObject({ code: 'INVALID_INPUT', fields: [{ path: 'kind' }] });
    await vi.waitFor(() => expect(bench.server.openStreams).toBe(0), WAIT);
  });
});

describe('cursors', () => {
  test('lastEventId skips the messages up to it', async () => {
    const taskId = await bench.runningTask();
    bench.progress(taskId, 1);
    bench.done(taskId);
    const watch = record(bench.client.watchTask(taskId, { lastEventId: '3' }));
    await watch.ended;
    expect(watch.seqs()).toEqual([4, 5]);
  });

  test('a list of kinds reads the messages after lastEventId by the kind of the task', async () => {
    const taskId = await bench.runningTask();
    bench.done(taskId);
    const watch = record(bench.client.watchTask(taskId, { lastEventId: '3', task: [ingestTask, countTask] }));
    await watch.ended;
    expect(watch.received).toMatchObject([{ type: 'done', output: { counted: 10 } }]);
  });

  test('a watch that cannot learn the kind goes on without it', async () => {
    const taskId = await bench.runningTask();
    bench.done(taskId);
    const token = bench.server.issueToken('ann');
    const client = bench.connect(token, {
      fetch: (input, init) => (isGet(input) ? Promise.reject(new TypeError('fetch failed')) : fetch(input, init)),
    });
    const watch = record(client.watchTask(taskId, { lastEventId: '3', task: [ingestTask, countTask] }));
    await watch.ended;
    expect(watch.received).toMatchObject([{ type: 'unreadable', originalType: 'done', output: { counted: 10 } }]);
  });

  test('leaving a watch that asks for the kind opens no stream', async () => {
    const taskId = await bench.runningTask();
    const leaving = new AbortController();
    const options = { lastEventId: '3', task: [ingestTask, countTask], signal: leaving.signal };
    const watch = record(bench.client.watchTask(taskId, options));
    leaving.abort();
    await watch.ended;
    await bench.client.tasks.get(taskId);
    expect(bench.server.streamCursors).toEqual([]);
  });

  test('a watch with the terminal event as its cursor gets the terminal snapshot', async () => {
    const taskId = await bench.runningTask();
    bench.done(taskId);
    const watch = record(bench.client.watchTask(taskId, { lastEventId: '4' }));
    await watch.ended;
    expect(watch.received).toMatchObject([{ type: 'snapshot', seq: 4, state: { status: 'done' } }]);
  });

  test('an invalid cursor is refused, naming the field', async () => {
    const watch = record(bench.client.watchTask('t', { lastEventId: 'x' }));
    expect(await failureOf(watch.ended)).toMatchObject({ code: 'INVALID_INPUT', fields: [{ path: 'lastEventId' }] });
  });
});

describe('a lost connection', () => {
  test('reconnects at its cursor: every event once and in order', async () => {
    const taskId = await bench.runningTask();
    const watch = record(bench.client.watchTask(taskId));
    bench.progress(taskId, 1);
    await vi.waitFor(() => expect(watch.seqs().at(-1)).toBe(4), WAIT);
    bench.server.cutStreams();
    bench.progress(taskId, 2);
    await vi.waitFor(() => expect(watch.seqs().at(-1)).toBe(5), WAIT);
    bench.server.cutStreams();
    bench.progress(taskId, 3);
    bench.done(taskId);
    await watch.ended;
    expect(watch.seqs().slice(-4)).toEqual([4, 5, 6, 7]);
    expect(bench.server.streamCursors).toEqual([undefined, '4', '5']);
  });

  test('reports away before it reports connected', async () => {
    const taskId = await bench.runningTask();
    const states: string[] = [];
    const watch = record(bench.client.watchTask(taskId, { onConnectionChange: (state) => states.push(state) }));
    await vi.waitFor(() => expect(watch.seqs()).toEqual([3]), WAIT);
    bench.server.streamRefusal = 'SERVICE_UNAVAILABLE';
    bench.server.cutStreams();
    await vi.waitFor(() => expect(states.at(-1)).toBe('away'), WAIT);
    bench.server.streamRefusal = undefined;
    await vi.waitFor(() => expect(states.at(-1)).toBe('connected'), WAIT);
    bench.done(taskId);
    await watch.ended;
  });

  test.each(['TOO_MANY_REQUESTS', 'INTERNAL', 'SERVICE_UNAVAILABLE'] as const)('reconnects after %s', async (code) => {
    const taskId = await bench.runningTask();
    bench.server.streamRefusal = code;
    const watch = record(bench.client.watchTask(taskId));
    await vi.waitFor(() => expect(bench.server.streamCursors.length).toBeGreaterThan(1), WAIT);
    bench.server.streamRefusal = undefined;
    bench.done(taskId);
    await watch.ended;
    expect(watch.received.at(-1)).toBeDefined();
  });

  test('reconnects after the SERVICE_UNAVAILABLE event of a draining server', async () => {
    const taskId = await bench.runningTask();
    bench.server.ports.events.refusal = new TaskwireError('SERVICE_UNAVAILABLE', 'the server is going down');
    const watch = record(bench.client.watchTask(taskId));
    await vi.waitFor(() => expect(bench.server.streamCursors.length).toBeGreaterThan(1), WAIT);
    bench.server.ports.events.refusal = undefined;
    bench.done(taskId);
    await watch.ended;
    expect(watch.received.at(-1)).toBeDefined();
  });

  test('reconnects after a frame that is not JSON', async () => {
    const taskId = await bench.runningTask();
    bench.server.streamBody = 'event: connected\ndata: {}\n\ndata: {"cut of\n\n';
    const watch = record(bench.client.watchTask(taskId));
    await vi.waitFor(() => expect(bench.server.streamCursors.length).toBeGreaterThan(1), WAIT);
    bench.server.streamBody = undefined;
    bench.done(taskId);
    await watch.ended;
    expect(watch.received.at(-1)).toBeDefined();
  });

  test('reconnects if the server ends the stream before the task has ended', async () => {
    const taskId = await bench.runningTask();
    bench.server.streamBody = 'event: connected\ndata: {}\n\nevent: return\ndata: \n\n';
    const watch = record(bench.client.watchTask(taskId));
    await vi.waitFor(() => expect(bench.server.streamCursors.length).toBeGreaterThan(1), WAIT);
    bench.server.streamBody = undefined;
    bench.done(taskId);
    await watch.ended;
    expect(watch.received.at(-1)).toBeDefined();
  });
});

describe('tokens', () => {
  test('every connection carries a fresh token', async () => {
    const taskId = await bench.runningTask();
    const tokens: string[] = [];
    const client = bench.connect(() => {
      tokens.push(bench.server.issueToken('ann'));
      return tokens.at(-1);
    });
    const watch = record(client.watchTask(taskId));
    await vi.waitFor(() => expect(watch.seqs()).toEqual([3]), WAIT);
    bench.server.cutStreams();
    bench.done(taskId);
    await watch.ended;
    expect(bench.server.streamCredentials).toEqual(tokens.map((token) => `Bearer ${token}`));
    expect(new Set(tokens).size).toBe(2);
  });

  test('after a refused token a new one is fetched once, and the watch continues', async () => {
    const taskId = await bench.runningTask();
    const tokens = ['expired', bench.server.issueToken('ann')];
    const watch = record(bench.connect(() => tokens.shift()).watchTask(taskId));
    await vi.waitFor(() => expect(watch.seqs()).toEqual([3]), WAIT);
    expect(bench.server.streamCredentials).toHaveLength(2);
  });

  test('a token that is refused twice ends the watch with UNAUTHENTICATED', async () => {
    const taskId = await bench.runningTask();
    const watch = record(bench.connect(() => 'expired').watchTask(taskId));
    expect(await failureOf(watch.ended)).toMatchObject({ code: 'UNAUTHENTICATED', status: 401, isRetryable: false });
    expect(bench.server.streamCredentials).toHaveLength(2);
  });

  test.each([
    ['inside the stream', undefined],
    ['as an HTTP answer', 'UNAUTHENTICATED'],
  ] as const)('a fixed token that is refused %s ends the watch at once', async (_where, code) => {
    const taskId = await bench.runningTask();
    bench.server.streamRefusal = code;
    const watch = record(bench.connect('expired').watchTask(taskId));
    expect(await failureOf(watch.ended)).toMatchObject({ code: 'UNAUTHENTICATED', status: 401 });
    expect(bench.server.streamCredentials).toHaveLength(1);
  });

  test('no token stands in a URL', async () => {
    const taskId = await bench.runningTask();
    bench.done(taskId);
    const urls: string[] = [];
    const token = bench.server.issueToken('ann');
    const client = bench.connect(token, {
      fetch: (input, init) => {
        urls.push(input instanceof Request ? input.url : String(input));
        return fetch(input, init);
      },
    });
    await record(client.watchTask(taskId)).ended;
    await client.trpc.task.get.query({ taskId });
    expect(urls).toHaveLength(2);
    expect(urls.join()).not.toContain(token);
  });
});

describe('failures that reconnecting cannot help', () => {
  test("someone else's task ends the watch with NOT_FOUND", async () => {
    const taskId = await bench.runningTask();
    const watch = record(bench.connect(bench.server.issueToken('bob')).watchTask(taskId));
    expect(await failureOf(watch.ended)).toMatchObject({ code: 'NOT_FOUND', status: 404 });
    expect(bench.server.streamCursors).toHaveLength(1);
  });

  test('an invalid id ends the watch with INVALID_INPUT, naming the field', async () => {
    const watch = record(bench.client.watchTask('seven'));
    expect(await failureOf(watch.ended)).toMatchObject({ code: 'INVALID_INPUT', fields: [{ path: 'taskId' }] });
  });

  test.each(['NOT_FOUND', 'FORBIDDEN', 'INVALID_INPUT', 'PAYLOAD_TOO_LARGE'] as const)(
    "Taskwire's own %s as an HTTP answer ends the watch at once",
    async (code) => {
      const taskId = await bench.runningTask();
      bench.server.streamRefusal = code;
      const watch = record(bench.client.watchTask(taskId));
      expect(await failureOf(watch.ended)).toMatchObject({ code, status: ERROR_CODES[code].status });
      expect(bench.server.streamCursors).toHaveLength(1);
    },
  );

  test('an unreadable first message ends the watch', async () => {
    const taskId = await bench.runningTask();
    bench.server.streamBody = 'event: connected\ndata: {}\n\ndata: {"type":"novel","seq":1}\nid: 1\n\n';
    const watch = record(bench.client.watchTask(taskId));
    expect((await failureOf(watch.ended)).message).toContain('update the client');
  });
});

describe('leaving', () => {
  test('break closes the connection', async () => {
    const taskId = await bench.runningTask();
    for await (const message of bench.client.watchTask(taskId)) {
      expect(message.seq).toBe(3);
      expect(bench.server.openStreams).toBe(1);
      break;
    }
    await vi.waitFor(() => expect(bench.server.openStreams).toBe(0), WAIT);
  });

  test('abort ends the watch without an error and closes the connection', async () => {
    const taskId = await bench.runningTask();
    const controller = new AbortController();
    const watch = record(bench.client.watchTask(taskId, { signal: controller.signal }));
    await vi.waitFor(() => expect(watch.seqs()).toEqual([3]), WAIT);
    controller.abort();
    await watch.ended;
    await vi.waitFor(() => expect(bench.server.openStreams).toBe(0), WAIT);
  });

  test('abort also ends a watch that waits to reconnect', async () => {
    const taskId = await bench.runningTask();
    bench.server.streamRefusal = 'SERVICE_UNAVAILABLE';
    const controller = new AbortController();
    const watch = record(bench.client.watchTask(taskId, { signal: controller.signal }));
    await vi.waitFor(() => expect(bench.server.streamCursors).toHaveLength(1), WAIT);
    controller.abort();
    await watch.ended;
  });

  test('an aborted signal opens no stream', async () => {
    await record(bench.client.watchTask('t', { signal: AbortSignal.abort() })).ended;
    expect(bench.server.streamCursors).toEqual([]);
  });

  test('closing the client ends its watches', async () => {
    const taskId = await bench.runningTask();
    const watch = record(bench.client.watchTask(taskId));
    await vi.waitFor(() => expect(watch.seqs()).toEqual([3]), WAIT);
    bench.client.close();
    await watch.ended;
    await vi.waitFor(() => expect(bench.server.openStreams).toBe(0), WAIT);
  });
});

describe('a stream that breaks the rules', () => {
  test('after a hole nothing is delivered, and the stream is opened again at the cursor', async () => {
    const taskId = await bench.runningTask();
    const { events } = bench.server.ports;
    let dropped = false;
    events.tamper = (message) => {
      if (message.seq !== 5 || dropped) return [message];
      dropped = true;
      return [];
    };
    const watch = record(bench.client.watchTask(taskId));
    await vi.waitFor(() => expect(watch.seqs()).toEqual([3]), WAIT);
    for (const current of [1, 2, 3]) bench.progress(taskId, current);
    bench.done(taskId);
    await watch.ended;
    expect(watch.seqs()).toEqual([3, 4, 5, 6, 7]);
    expect(bench.server.streamCursors).toEqual([undefined, '4']);
  });

  test('a duplicate is dropped, and the stream stays open', async () => {
    const taskId = await bench.runningTask();
    bench.server.ports.events.tamper = (message) => [message, message];
    const watch = record(bench.client.watchTask(taskId));
    await vi.waitFor(() => expect(watch.seqs()).toEqual([3]), WAIT);
    bench.progress(taskId, 1);
    bench.done(taskId);
    await watch.ended;
    expect(watch.seqs()).toEqual([3, 4, 5]);
    expect(bench.server.streamCursors).toEqual([undefined]);
  });
});

test('a watch that is left in its away callback does not reconnect', async () => {
  const taskId = await bench.runningTask();
  const leaving = new AbortController();
  const watch = record(
    bench.client.watchTask(taskId, {
      signal: leaving.signal,
      onConnectionChange: (state, error) => state === 'away' && error !== undefined && leaving.abort(),
    }),
  );
  await vi.waitFor(() => expect(watch.seqs()).toEqual([3]), WAIT);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    bench.server.cutStreams();
    await watch.ended;
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

describe('a server of a later version (MUST 20)', () => {
  /** Makes the messages that a server of a later version sends in place of one. */
  function later(message: object): TaskMessage[] {
    const sent: TaskMessage = JSON.parse(JSON.stringify(message));
    return [sent];
  }

  test('an event of an unknown type is unreadable in its place, and the watch continues', async () => {
    const taskId = await bench.runningTask();
    bench.server.ports.events.tamper = (message) =>
      message.type === 'log' ? later({ ...message, type: 'paused', until: 9 }) : [message];
    const watch = record(bench.client.watchTask(taskId));
    await vi.waitFor(() => expect(watch.seqs()).toEqual([3]), WAIT);
    bench.write(taskId, { type: 'log', level: 'info', message: 'x' });
    bench.done(taskId);
    await watch.ended;
    expect(watch.received.slice(1)).toMatchObject([
      { type: 'unreadable', seq: 4, originalType: 'paused' },
      { type: 'done', seq: 5 },
    ]);
    expect(bench.server.streamCursors).toEqual([undefined]);
  });

  test.each([
    ['no duration', { durationMs: undefined }],
    ['a duration in words', { durationMs: 'long' }],
    ['an attempt that is none', { attempt: 'first' }],
  ])('a done event with %s ends the watch all the same', async (_what, fields) => {
    const taskId = await bench.runningTask();
    bench.server.ports.events.tamper = (message) =>
      message.type === 'done' ? later({ ...message, ...fields }) : [message];
    const watch = record(bench.client.watchTask(taskId));
    await vi.waitFor(() => expect(watch.seqs()).toEqual([3]), WAIT);
    bench.done(taskId);
    await watch.ended;
    expect(watch.received.at(-1)).toMatchObject({ type: 'unreadable', originalType: 'done', output: { counted: 10 } });
  });

  test('a snapshot is read without its unknown parts', async () => {
    const taskId = await bench.runningTask();
    bench.server.ports.events.tamper = (message) =>
      message.type === 'snapshot' ? later({ ...message, state: { ...message.state, status: 'paused' } }) : [message];
    const watch = record(bench.client.watchTask(taskId));
    await vi.waitFor(() => expect(watch.seqs()).toEqual([3]), WAIT);
    bench.done(taskId);
    await watch.ended;
    expect(watch.received[0]).toMatchObject({ state: { status: 'running', kind: 'demo.count', incomplete: true } });
  });

  /** Lets the server tell of a task as if it were of a kind that this client does not know. */
  function ofUnknownKind(): void {
    bench.server.ports.events.tamper = (message) => {
      if (message.type !== 'snapshot') return [message];
      return later({ ...message, state: { ...message.state, kind: 'image.resize' } });
    };
  }

  test('a channel of a kind that a list does not name is unreadable', async () => {
    const taskId = await bench.runningTask();
    ofUnknownKind();
    const watch = record(bench.client.watchTask(taskId, { task: [countTask, ingestTask] }));
    await vi.waitFor(() => expect(watch.seqs()).toEqual([3]), WAIT);
    bench.write(taskId, { type: 'data', channel: 'preview', value: 5 });
    bench.done(taskId);
    await watch.ended;
    expect(watch.received[1]).toMatchObject({ type: 'unreadable', originalType: 'data', seq: 4 });
    expect(watch.received[1]).not.toHaveProperty('value');
  });

  test('a kind that a list does not name is shown as unknown, in messages and in a store', async () => {
    const taskId = await bench.runningTask();
    ofUnknownKind();
    const task = [countTask, ingestTask];
    const watch = record(bench.client.watchTask(taskId, { task }));
    const store = bench.client.taskStore(taskId, { task });
    const leave = store.subscribe(() => undefined);
    await vi.waitFor(
      () => expect(store.getSnapshot().state).toMatchObject({ kind: 'image.resize', kindKnown: false }),
      WAIT,
    );
    bench.done(taskId);
    await watch.ended;
    expect(watch.received[0]).toMatchObject({ state: { kind: 'image.resize' } });
    expect(watch.received.at(-1)).toMatchObject({ type: 'unreadable', originalType: 'done', output: { counted: 10 } });
    await vi.waitFor(
      () => expect(store.getSnapshot()).toMatchObject({ connection: 'ended', state: { status: 'done' } }),
      WAIT,
    );
    expect(store.getSnapshot().state?.output).toEqual({ counted: 10 });
    leave();
  });
});
