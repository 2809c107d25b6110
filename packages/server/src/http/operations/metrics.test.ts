import { eventually } from '@taskwire/test-kit/vitest';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { RawStream } from '../../streams/differential/testing/reading/raw-stream.ts';
import { readMetrics } from '../../testing/read-metrics.ts';
import { watchPlainly, type PlainWatcher } from '../../testing/plain-watcher.ts';
import { startTask, type RunningTask } from '../../testing/running-task.ts';
import { createBacking, startTestServer, type Backing, type TestServer } from '../../testing/test-server.ts';

let backing: Backing;
let server: TestServer;
const streams: RawStream[] = [];
const watchers: PlainWatcher[] = [];

beforeAll(async () => {
  backing = await createBacking();
  server = await startTestServer(backing);
});
afterEach(() => {
  for (const stream of streams.splice(0)) stream.leave();
  for (const { source } of watchers.splice(0)) source.close();
});
afterAll(async () => {
  await server.stop();
  await backing.close();
});

/** Opens a stream at each transport, and waits until both have a message. */
async function openBoth({ taskId, ownerId }: RunningTask): Promise<void> {
  const token = await server.as(ownerId);
  const trpc = new RawStream(server.url, { path: 'task.onProgress', input: { taskId } }, token);
  const plain = watchPlainly(`${server.url}/api/v1/sse/tasks/${taskId}/progress`, token);
  streams.push(trpc);
  watchers.push(plain);
  await eventually(() => expect(trpc.text).toMatch(/^id: \d+$/m));
  await eventually(() => expect(plain.received).not.toEqual([]));
}

async function watchersNow(): Promise<unknown> {
  const figures = await readMetrics(server);
  return ['trpc', 'sse'].map((transport) => figures.get(`taskwire_stream_watchers{transport="${transport}"}`));
}

test('the figures of the streams, the logs and the process are there in Prometheus’s text format', async () => {
  const response = await fetch(`${server.url}/metrics`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(response.headers.get('cache-control')).toBe('no-store');
  const text = await response.text();
  for (const line of text.split('\n').filter((each) => each !== '')) {
    expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? \S+)$/);
  }
  const names = [...(await readMetrics(server)).keys()];
  expect(names).toEqual(
    expect.arrayContaining([
      'taskwire_stream_watchers{transport="trpc"}',
      'taskwire_stream_watchers{transport="sse"}',
      'taskwire_stream_lagging',
      'taskwire_stream_broadcasts',
      'taskwire_stream_deliveries_total',
      'taskwire_stream_bytes_total',
      'taskwire_stream_encodings_total',
      'taskwire_log_reads_total{log="task"}',
      'taskwire_log_reads_total{log="topic"}',
      'taskwire_stream_refused_total{reason="user"}',
      'taskwire_stream_refused_total{reason="process"}',
      'taskwire_stream_cut_total{reason="stalled"}',
      'taskwire_stream_cut_total{reason="lifetime"}',
      'process_cpu_seconds_total',
      'process_resident_memory_bytes',
    ]),
  );
  expect(text).toContain('# TYPE taskwire_stream_watchers gauge\n');
  expect(text).toContain('# TYPE taskwire_stream_deliveries_total counter\n');
});

test('watchers are counted by transport while they watch, and no longer', async () => {
  await eventually(async () => expect(await watchersNow()).toEqual([0, 0]));
  await openBoth(await startTask(server, 'ada'));
  expect(await watchersNow()).toEqual([1, 1]);
  for (const stream of streams) stream.leave();
  await eventually(async () => expect(await watchersNow()).toEqual([0, 1]));
  for (const { source } of watchers) source.close();
  await eventually(async () => expect(await watchersNow()).toEqual([0, 0]));
});

test('a counter counts what has happened, however often it is read', async () => {
  const task = await startTask(server, 'ada');
  await openBoth(task);
  const read = async () => (await readMetrics(server)).get('taskwire_stream_deliveries_total') ?? NaN;
  const before = await read();
  await task.log('one', 'two');
  await eventually(async () => expect(await read()).toBe(before + 4));
  expect(await read()).toBe(before + 4);
});

test('no metric names a user, a task or a project', async () => {
  const user = 'somebody-in-particular';
  const task = await startTask(server, user);
  await openBoth(task);
  const text = await (await fetch(`${server.url}/metrics`)).text();
  for (const name of [user, task.taskId, task.projectId]) expect(text).not.toContain(name);
});

test('reading the figures is no news', async () => {
  const response = await fetch(`${server.url}/metrics`);
  await response.text();
  const id = response.headers.get('x-request-id') ?? 'none';
  const line = await eventually(() => {
    const found = server
      .logs()
      .split('\n')
      .find((each) => each.includes(id));
    expect(found).toBeDefined();
    return found;
  });
  expect(JSON.parse(line ?? '')).toMatchObject({ level: 20, req: { path: '/metrics' } });
});
