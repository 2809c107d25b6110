import { connect, type Socket } from 'node:net';
import { eventually } from '@taskwire/test-kit/vitest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readMetrics } from '../../testing/read-metrics.ts';
import { startTask, type RunningTask } from '../../testing/running-task.ts';
import { createBacking, startTestServer, type Backing, type TestServer } from '../../testing/test-server.ts';

const STREAMS_PER_USER = 3;

let backing: Backing;
let server: TestServer;
let task: RunningTask;

beforeAll(async () => {
  backing = await createBacking();
  server = await startTestServer(backing, { environment: { streamsPerUser: STREAMS_PER_USER } });
  task = await startTask(server, 'ada');
});
afterAll(async () => {
  await server.stop();
  await backing.close();
});

const figure = async (name: string) => (await readMetrics(server)).get(name);

/** Sends requests on one connection, one right behind the other. */
async function pipeline(requests: readonly { path: string; headers?: string[] }[]): Promise<Socket> {
  const { authorization } = await server.as('ada');
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  const texts = requests.map(({ path, headers = [] }) =>
    [`GET ${path} HTTP/1.1`, 'Host: localhost', `Authorization: ${authorization}`, ...headers, '', ''].join('\r\n'),
  );
  socket.write(texts.join(''));
  return socket;
}

const input = (value: object) => `input=${encodeURIComponent(JSON.stringify(value))}`;
const repeated = (path: string, headers: string[] = []) => Array.from({ length: 20 }, () => ({ path, headers }));
const held = () => ({ path: `/trpc/task.poll?${input({ taskId: task.taskId, lastEventId: '2', waitMs: 30_000 })}` });

/** Whether the user may open the full number of streams: opens that many polls at once. */
async function canWatchInFull(): Promise<boolean> {
  const path = Array.from({ length: STREAMS_PER_USER }, () => 'task.poll').join(',');
  const polls = Object.fromEntries(Array.from({ length: STREAMS_PER_USER }, (_, at) => [at, { taskId: task.taskId }]));
  const answer = await fetch(`${server.url}/trpc/${path}?batch=1&${input(polls)}`, { headers: await server.as('ada') });
  await answer.text();
  return answer.status === 200;
}

test.each([
  ['calls', () => repeated(`/trpc/project.list?${input({})}`)],
  ['batches', () => repeated(`/trpc/project.list,project.list?batch=1&${input({ 0: {}, 1: {} })}`)],
  [
    'batches answered call by call',
    () => repeated(`/trpc/project.list?batch=1&${input({ 0: {} })}`, ['trpc-accept: application/jsonl']),
  ],
  ['a stream of tRPC', () => [held(), { path: '/trpc/task.onAny' }]],
  ['a stream of tRPC’s own adapter', () => [held(), { path: '/trpc/task.onAny', headers: ['trpc-accept: x'] }]],
  ['a plain stream', () => [held(), { path: '/api/v1/sse/tasks' }]],
  ['a poll', () => [held(), held()]],
])('what is queued behind another request ends with its connection: %s', async (_what, requests) => {
  const socket = await pipeline([held(), ...requests()]);
  await eventually(async () => expect(await figure('taskwire_log_watched{log="task"}')).toBeGreaterThan(0));
  socket.resetAndDestroy();
  await eventually(async () => {
    expect(await figure('taskwire_calls_in_flight')).toBe(0);
    expect(await canWatchInFull()).toBe(true);
    expect(await figure('taskwire_stream_watchers{transport="trpc"}')).toBe(0);
    expect(await figure('taskwire_stream_watchers{transport="sse"}')).toBe(0);
  });
});

test('pipelined requests are answered in their order', async () => {
  const socket = await pipeline([
    { path: '/healthz' },
    { path: `/trpc/project.list?${input({})}` },
    { path: '/readyz', headers: ['Connection: close'] },
  ]);
  let answers = '';
  for await (const chunk of socket) answers += String(chunk);
  const [alive = -1, listed = -1, ready = -1] = ['"alive"', '"items"', '"ready"'].map((each) => answers.indexOf(each));
  expect(alive).toBeGreaterThan(0);
  expect(listed).toBeGreaterThan(alive);
  expect(ready).toBeGreaterThan(listed);
});
