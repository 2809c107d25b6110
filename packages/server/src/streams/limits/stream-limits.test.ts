import { eventually } from '@taskwire/test-kit/vitest';
import { afterAll, afterEach, beforeAll, describe, expect, it, test } from 'vitest';
import { RawStream } from '../differential/testing/reading/raw-stream.ts';
import { startTask, type RunningTask } from '../../testing/running-task.ts';
import { createBacking, startTestServer, type Backing, type TestServer } from '../../testing/test-server.ts';
import { StreamStatistics } from '../statistics.ts';
import { StreamLimits } from './stream-limits.ts';
import { readMetrics } from '../../testing/read-metrics.ts';

describe('StreamLimits', () => {
  it('frees a place once, also when it is given back twice', () => {
    const limits = new StreamLimits({ perUser: 2, perProcess: 3, filtersPerTopic: 1 }, new StreamStatistics());
    const giveBack = limits.admit('ada');
    limits.admit('ada');
    giveBack();
    giveBack();
    limits.admit('ada');
    expect(() => limits.admit('ada')).toThrow('you have 2 event streams and polls open');
    limits.admit('grace');
    expect(() => limits.admit('alan')).toThrow('as many event streams as it takes');
  });

  it('counts a refused stream as refused, not as open', () => {
    const statistics = new StreamStatistics();
    const limits = new StreamLimits({ perUser: 1, perProcess: 2, filtersPerTopic: 1 }, statistics);
    const giveBack = limits.admit('ada');
    for (let count = 0; count < 5; count += 1) expect(() => limits.admit('ada')).toThrow();
    giveBack();
    limits.admit('ada');
    limits.admit('grace');
    expect(() => limits.admit('alan')).toThrow();
    expect(statistics.refused).toEqual({ user: 5, process: 1, filters: 0 });
  });
});

const PER_USER = 2;
const PER_PROCESS = 3;

let backing: Backing;
let server: TestServer;
const tasks = new Map<string, RunningTask>();
const streams: RawStream[] = [];

beforeAll(async () => {
  backing = await createBacking();
  const environment = { streamsPerUser: PER_USER, streamsPerProcess: PER_PROCESS };
  server = await startTestServer(backing, { environment });
  for (const user of ['ada', 'grace', 'alan']) tasks.set(user, await startTask(server, user));
});
afterEach(async () => {
  for (const stream of streams.splice(0)) stream.leave();
  await nobodyWatches();
});
afterAll(async () => {
  await server.stop();
  await backing.close();
});

const figure = async (name: string) => (await readMetrics(server)).get(name) ?? NaN;
const nobodyWatches = () =>
  eventually(async () => expect(await figure('taskwire_stream_watchers{transport="trpc"}')).toBe(0));

function taskOf(user: string): RunningTask {
  const task = tasks.get(user);
  if (task === undefined) throw new Error(`${user} has no task`);
  return task;
}

async function ask(user: string): Promise<RawStream> {
  const { taskId } = taskOf(user);
  const stream = new RawStream(server.url, { path: 'task.onProgress', input: { taskId } }, await server.as(user));
  streams.push(stream);
  return stream;
}

/** Opens a stream that is served. */
async function open(user: string): Promise<RawStream> {
  const stream = await ask(user);
  await eventually(() => expect(stream.text).toMatch(/^id: 2$/m));
  return stream;
}

/** The same while requests of clients that have left may still be looked up, which counts: a refused stream is asked for again. */
async function openWhenFree(user: string): Promise<void> {
  await eventually(async () => {
    const stream = await ask(user);
    await eventually(() => expect(stream.ended || stream.text.includes('\nid: 2\n')).toBe(true));
    expect(stream.text).toMatch(/^id: 2$/m);
  });
}

/** Asks for a stream that is refused at the transport of tRPC. Returns the error in it. */
async function refusedAtTrpc(user: string): Promise<unknown> {
  const stream = await ask(user);
  await eventually(() => expect(stream.ended).toBe(true));
  expect(stream.answer.status).toBe(200);
  const data = /\nevent: serialized-error\ndata: (.*)\n\n\n$/.exec(stream.text)?.[1];
  return JSON.parse(data ?? '"no error"');
}

const askPlain = async (user: string) =>
  fetch(`${server.url}/api/v1/sse/tasks/${taskOf(user).taskId}/progress`, { headers: await server.as(user) });

test('one stream too many of a user is refused at both transports; another user is served', async () => {
  await Promise.all([open('ada'), open('ada')]);
  expect(await refusedAtTrpc('ada')).toMatchObject({
    message: expect.stringContaining('close one first'),
    data: { code: 'TOO_MANY_REQUESTS', httpStatus: 429, taskwireCode: 'TOO_MANY_REQUESTS', path: 'task.onProgress' },
  });
  const plain = await askPlain('ada');
  expect(plain.status).toBe(429);
  expect(Number(plain.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(plain.headers.get('content-type')).toContain('application/json');
  expect(await plain.json()).toMatchObject({ error: { code: 'TOO_MANY_REQUESTS' } });
  expect(await figure('taskwire_stream_refused_total{reason="user"}')).toBe(2);
  await open('grace');
});

test('one stream too many for the process is refused at both transports, for any user', async () => {
  await Promise.all([open('ada'), open('ada'), open('grace')]);
  expect(await refusedAtTrpc('alan')).toMatchObject({
    data: { code: 'SERVICE_UNAVAILABLE', httpStatus: 503, taskwireCode: 'SERVICE_UNAVAILABLE' },
  });
  const plain = await askPlain('alan');
  expect(plain.status).toBe(503);
  expect(Number(plain.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await plain.json()).toMatchObject({ error: { code: 'SERVICE_UNAVAILABLE' } });
  expect(await figure('taskwire_stream_refused_total{reason="process"}')).toBe(2);
});

test('a place is free again once its watcher has left', async () => {
  const [first] = await Promise.all([open('ada'), open('ada')]);
  expect(await refusedAtTrpc('ada')).toMatchObject({ data: { httpStatus: 429 } });
  first.leave();
  await eventually(async () => expect(await figure('taskwire_stream_watchers{transport="trpc"}')).toBe(1));
  await open('ada');
});

test('a client that leaves at any moment keeps no place', async () => {
  for (let count = 0; count < 40; count += 1) {
    const stream = await ask('ada');
    // Each goes a little later than the one before.
    for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    stream.leave();
  }
  await nobodyWatches();
  for (const user of ['ada', 'ada', 'grace']) await openWhenFree(user);
});

test('a stream that ended gives its place back', async () => {
  const task = await startTask(server, 'ada');
  await task.done();
  tasks.set('ada', task);
  for (let count = 0; count < PER_PROCESS + 2; count += 1) {
    const stream = await ask('ada');
    await eventually(() => expect(stream.text).toContain('event: return'));
  }
});

test.each([
  ['with a header that only tRPC reads', '/trpc/task.onProgress?', { 'trpc-accept': 'x' }],
  ['with connection parameters', '/trpc/task.onProgress?connectionParams=%7B%7D&', {}],
  ['by another spelling', '/trpc/task%2EonProgress?', {}],
])('a stream that is requested %s counts against the limits', async (_how, path, more: Record<string, string>) => {
  const { taskId } = await startTask(server, 'ada');
  const headers = { ...(await server.as('ada')), ...more };
  const url = `${server.url}${path}input=${encodeURIComponent(JSON.stringify({ taskId }))}`;
  let leaving = new AbortController();
  const first = async () => {
    const response = await fetch(url, { headers, signal: leaving.signal });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!/^(id: |data: .*httpStatus)/m.test(text)) text += (await reader?.read())?.value ?? '';
    return text;
  };
  for (let count = 0; count < PER_USER; count += 1) expect(await first()).toContain('"snapshot"');
  expect(await first()).toContain('"httpStatus":429');
  leaving.abort();
  leaving = new AbortController();
  await eventually(async () => expect(await first()).toContain('"snapshot"'));
  leaving.abort();
});

test('HEAD of a plain stream is answered by its head alone, and takes no place', async () => {
  const { taskId } = taskOf('ada');
  const url = `${server.url}/api/v1/sse/tasks/${taskId}/progress`;
  for (let count = 0; count <= PER_USER; count += 1) {
    const response = await fetch(url, { method: 'HEAD', headers: await server.as('ada') });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
    expect(await response.text()).toBe('');
  }
});
