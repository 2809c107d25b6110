import { eventually } from '@taskwire/test-kit/vitest';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { log, progress } from '../differential/testing/scenarios/drafts.ts';
import type { Ask } from '../differential/testing/scenarios/ask.ts';
import { RawSocket } from '../differential/testing/reading/raw-socket.ts';
import { RawStream } from '../differential/testing/reading/raw-stream.ts';
import { PING } from '../differential/testing/reading/stream-text.ts';
import { watchPlainly, type PlainWatcher } from '../../testing/plain-watcher.ts';
import { startTask, type RunningTask } from '../../testing/running-task.ts';
import { createBacking, startTestServer, type Backing, type TestServer } from '../../testing/test-server.ts';
import { readMetrics } from '../../testing/read-metrics.ts';

let backing: Backing;
let server: TestServer;
let withoutGateway: TestServer;
const streams: RawStream[] = [];
const watchers: PlainWatcher[] = [];

beforeAll(async () => {
  backing = await createBacking();
  server = await startTestServer(backing, { pingEveryMs: 100 });
  withoutGateway = await startTestServer(backing, { environment: { streamGateway: false } });
});
afterEach(async () => {
  for (const stream of streams.splice(0)) stream.leave();
  for (const { source } of watchers.splice(0)) source.close();
  await eventually(async () => expect((await readMetrics(server)).get('taskwire_stream_broadcasts')).toBe(0));
});
afterAll(async () => {
  await Promise.all([server.stop(), withoutGateway.stop()]);
  await backing.close();
});

async function open(ask: Ask, at = server): Promise<RawStream> {
  const stream = new RawStream(at.url, ask, await at.as('ada'));
  streams.push(stream);
  return stream;
}

async function openPlain({ taskId }: RunningTask, at = server): Promise<PlainWatcher> {
  const watcher = watchPlainly(`${at.url}/api/v1/sse/tasks/${taskId}/progress`, await at.as('ada'));
  watchers.push(watcher);
  return watcher;
}

const several = <Value>(make: () => Promise<Value>) => Promise.all([make(), make(), make()]);
const idsOf = (text: string) => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));

test('an event is encoded once for each transport, and the transports’ watchers do not mix', async () => {
  const task = await startTask(server, 'ada');
  const before = await readMetrics(server);
  const trpc = await several(() => open({ path: 'task.onProgress', input: { taskId: task.taskId } }));
  const plain = await several(() => openPlain(task));
  for (const stream of trpc) await eventually(() => expect(idsOf(stream.text)).toEqual([2]));
  for (const { received } of plain) await eventually(() => expect(received).toHaveLength(1));
  await task.log('one');
  for (const stream of trpc) await eventually(() => expect(idsOf(stream.text)).toEqual([2, 3]));
  for (const watcher of plain) await eventually(() => expect(watcher.seqs()).toEqual([3]));
  const after = await readMetrics(server);
  const grown = (name: string) => (after.get(name) ?? NaN) - (before.get(name) ?? NaN);
  expect(after.get('taskwire_stream_broadcasts')).toBe(2);
  // A snapshot and an event, at two transports; each for six watchers.
  expect(grown('taskwire_stream_encodings_total')).toBe(4);
  expect(grown('taskwire_stream_deliveries_total')).toBe(12);
  expect(trpc[0].text).not.toContain('event: log');
  expect(trpc[0].text).toContain('event: connected');
  expect(plain[0].received.map(({ event }) => event)).toEqual(['snapshot', 'log']);
});

test('watchers of one project with different filters share one broadcast', async () => {
  const task = await startTask(server, 'ada');
  const { projectId } = task;
  const ask = (types?: string[]): Ask => ({
    path: 'project.onProgress',
    input: { projectId, ...(types && { types }) },
  });
  const logs = await open(ask(['log']));
  const sameLogs = await open(ask(['log']));
  const progresses = await open(ask(['progress']));
  const all = await open(ask());
  for (const stream of [logs, sameLogs, progresses, all]) {
    await eventually(() => expect(stream.text).toContain('"type":"snapshot"'));
  }
  expect((await readMetrics(server)).get('taskwire_stream_broadcasts')).toBe(1);
  await task.writer.append([log('a line'), progress(1), log('the last line')]);
  for (const stream of [logs, sameLogs, all]) await eventually(() => expect(stream.text).toContain('the last line'));
  await eventually(() => expect(progresses.text).toContain('"type":"progress"'));
  expect(progresses.text).not.toContain('line');
  expect(logs.text).not.toContain('"type":"progress"');
  expect(all.text).toMatch(/a line[^]*"type":"progress"[^]*the last line/);
});

test('an event is encoded once for each format, for any number of filters', async () => {
  const task = await startTask(server, 'ada');
  const { projectId } = task;
  const streams: RawStream[] = [];
  for (let count = 0; count < 30; count += 1) {
    const stages = ['count', `none-${count}`];
    streams.push(await open({ path: 'project.onProgress', input: { projectId, stages } }));
  }
  for (const stream of streams) await eventually(() => expect(stream.text).toContain('"type":"snapshot"'));
  // With the first event every watcher comes to be with the others.
  await task.writer.append([log('line 0')]);
  for (const stream of streams) await eventually(() => expect(stream.text).toContain('line 0'));
  const before = await readMetrics(server);
  for (let count = 1; count <= 10; count += 1) await task.writer.append([log(`line ${count}`)]);
  for (const stream of streams) await eventually(() => expect(stream.text).toContain('line 10'));
  const after = await readMetrics(server);
  const grown = (name: string) => (after.get(name) ?? NaN) - (before.get(name) ?? NaN);
  expect(grown('taskwire_stream_encodings_total')).toBe(10);
  expect(grown('taskwire_stream_deliveries_total')).toBe(300);
});

test('a task’s stream has the events of that task only', async () => {
  const [one, other] = [await startTask(server, 'ada'), await startTask(server, 'ada')];
  const stream = await open({ path: 'task.onProgress', input: { taskId: one.taskId } });
  const another = await open({ path: 'task.onProgress', input: { taskId: other.taskId } });
  for (const each of [stream, another]) await eventually(() => expect(idsOf(each.text)).toEqual([2]));
  await other.log('of the other');
  await one.log('of the one');
  await eventually(() => expect(stream.text).toContain('of the one'));
  await eventually(() => expect(another.text).toContain('of the other'));
  expect(stream.text).not.toContain('of the other');
  expect(another.text).not.toContain('of the one');
});

test('pings are sent while events flow, and between events', async () => {
  const task = await startTask(server, 'ada');
  const stream = await open({ path: 'task.onProgress', input: { taskId: task.taskId } });
  let appended = 2;
  await eventually(async () => {
    await task.log('busy');
    appended += 1;
    expect(stream.text.split(PING).length).toBeGreaterThan(5);
  });
  await eventually(() => expect(idsOf(stream.text).at(-1)).toBe(appended));
  expect(stream.text).toMatch(new RegExp(`^retry: \\d+\n\nevent: connected\n`));
  expect(stream.text).toMatch(/event: ping\n[^]*"busy"[^]*event: ping\n[^]*"busy"/);
});

test('many events appended one by one reach a watcher in order, in fewer writes', async () => {
  const task = await startTask(server, 'ada');
  const socket = new RawSocket(server.url);
  const { authorization } = await server.as('ada');
  const ask = { path: 'task.onProgress', input: { taskId: task.taskId } } as const;
  try {
    socket.ask(server.url, ask, { token: authorization, version: '1.1' });
    await eventually(() => expect(idsOf(socket.received)).toEqual([2]));
    await Promise.all(Array.from({ length: 300 }, (_, index) => task.log(`line ${index}`)));
    const all = Array.from({ length: 301 }, (_, index) => index + 2);
    await eventually(() => expect(idsOf(socket.received)).toEqual(all));
    const chunks = socket.received.match(/\r\n[0-9a-f]+\r\n/g) ?? [];
    expect(chunks.length).toBeLessThan(200);
  } finally {
    socket.destroy();
  }
});

test('without the gateway tRPC answers subscriptions, and plain streams stay the same', async () => {
  const task = await startTask(withoutGateway, 'ada');
  const ask = { path: 'task.onProgress', input: { taskId: task.taskId } } as const;
  const [off, on] = [await open(ask, withoutGateway), await open(ask)];
  const plain = await openPlain(task, withoutGateway);
  for (const stream of [off, on]) await eventually(() => expect(idsOf(stream.text)).toEqual([2]));
  await eventually(() => expect(plain.received).toHaveLength(1));
  await task.log('one');
  for (const stream of [off, on]) await eventually(() => expect(idsOf(stream.text)).toEqual([2, 3]));
  await eventually(() => expect(plain.seqs()).toEqual([3]));
  expect(off.text).toMatch(/^event: connected\n/);
  expect(on.text).toMatch(/^retry: \d+\n\nevent: connected\n/);
  const figures = await readMetrics(withoutGateway);
  expect(figures.get('taskwire_stream_watchers{transport="trpc"}')).toBe(0);
  expect(figures.get('taskwire_stream_watchers{transport="sse"}')).toBe(1);
});
