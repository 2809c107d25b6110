import { connect } from 'node:net';
import { eventually } from '@taskwire/test-kit/vitest';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { watchPlainly, type PlainWatcher } from '../../../testing/plain-watcher.ts';
import { startTask } from '../../../testing/running-task.ts';
import { createBacking, startTestServer, type Backing, type TestServer } from '../../../testing/test-server.ts';

let backing: Backing;
let server: TestServer;
const watchers: PlainWatcher[] = [];

beforeAll(async () => {
  backing = await createBacking();
  server = await startTestServer(backing, { pingEveryMs: 20 });
});
afterEach(() => {
  for (const { source } of watchers.splice(0)) source.close();
});
afterAll(async () => {
  await server.stop();
  await backing.close();
});

const urlOf = (taskId: string, query = '') => `${server.url}/api/v1/sse/tasks/${taskId}/progress${query}`;

async function watch(taskId: string, { query = '', lastEventId }: { query?: string; lastEventId?: string } = {}) {
  const resume = lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId };
  const watcher = watchPlainly(urlOf(taskId, query), { ...(await server.as('ada')), ...resume });
  watchers.push(watcher);
  return watcher;
}

async function get(taskId: string, headers: Record<string, string> = {}, query = '') {
  return fetch(urlOf(taskId, query), { headers: { ...(await server.as('ada')), ...headers } });
}

test('a new watcher gets a snapshot, then each event under its name, with its seq as id', async () => {
  const task = await startTask(server, 'ada');
  const watcher = await watch(task.taskId);
  await eventually(() => expect(watcher.received).toHaveLength(1));
  expect(watcher.received[0]).toMatchObject({
    event: 'snapshot',
    id: '2',
    message: { seq: 2, state: { status: 'running' } },
  });
  await task.writer.append([
    { type: 'stage', stage: 'count', status: 'running', weight: 1 },
    { type: 'progress', stage: 'count', current: 1, total: 2, percent: 50 },
    { type: 'token', stage: 'count', text: 'one\ntwo', offset: 0 },
    { type: 'data', channel: 'preview', value: { width: 7 } },
  ]);
  await task.log('hello');
  await task.done();
  await eventually(() => expect(watcher.received.at(-1)?.event).toBe('complete'));
  expect(watcher.received.map(({ event, id }) => [event, id])).toEqual([
    ['snapshot', '2'],
    ['stage', '3'],
    ['progress', '4'],
    ['token', '5'],
    ['data', '6'],
    ['log', '7'],
    ['complete', '8'],
  ]);
  expect(watcher.received[3]?.message).toMatchObject({ text: 'one\ntwo', taskId: task.taskId, attempt: 1 });
});

test('a late watcher has the values of channels in the snapshot (MUST 21)', async () => {
  const task = await startTask(server, 'ada');
  const note = (value: string, index: number) => {
    return { type: 'data' as const, channel: 'notes', keep: 2, index, values: [value] };
  };
  await task.writer.append([note('one', 0), note('two', 1), note('three', 2)]);
  await task.writer.append([{ type: 'data', channel: 'preview', value: { width: 7 } }]);
  const watcher = await watch(task.taskId);
  await eventually(() => expect(watcher.received).toHaveLength(1));
  expect(watcher.received[0]?.message).toMatchObject({
    state: { channels: { notes: ['two', 'three'], preview: { width: 7 } }, channelCounts: { notes: 3 } },
  });
});

test('after the last event the stream ends, and an EventSource that comes back stops for good', async () => {
  const task = await startTask(server, 'ada');
  const watcher = await watch(task.taskId);
  await task.done();
  await eventually(() => expect(watcher.source.readyState).toBe(watcher.source.CLOSED));
  expect(watcher.received.map(({ id }) => id).at(-1)).toBe('3');
  expect(watcher.opened()).toBe(1);
});

test('a cursor at the end of an ended task is answered 204; any other gets the rest', async () => {
  const task = await startTask(server, 'ada');
  await task.done();
  expect((await get(task.taskId, { 'Last-Event-ID': '3' })).status).toBe(204);
  expect((await get(task.taskId, {}, '?lastEventId=3')).status).toBe(204);
  const rest = await get(task.taskId, { 'Last-Event-ID': '1' });
  expect(rest.status).toBe(200);
  expect(await rest.text()).toMatch(/id: 2\n[^]*event: complete\nid: 3\n/);
  expect(await (await get(task.taskId)).text()).toMatch(/event: snapshot\nid: 3\n/);
});

test('a watcher with a cursor gets every event after it once, from the header before the address', async () => {
  const task = await startTask(server, 'ada');
  await task.log('a', 'b', 'c');
  const byHeader = await watch(task.taskId, { lastEventId: '3', query: '?lastEventId=1' });
  const byAddress = await watch(task.taskId, { query: '?lastEventId=4' });
  await eventually(() => expect(byHeader.seqs()).toEqual([4, 5]));
  await eventually(() => expect(byAddress.seqs()).toEqual([5]));
  await task.log('d');
  await eventually(() => expect(byHeader.seqs()).toEqual([4, 5, 6]));
  await eventually(() => expect(byAddress.seqs()).toEqual([5, 6]));
  expect(byHeader.received.every(({ event }) => event === 'log')).toBe(true);
});

test.each([
  ['abc', ''],
  ['-1', ''],
  ['1e3', ''],
  [undefined, '?lastEventId=x'],
  [undefined, '?lastEventId=1&lastEventId=2'],
])('a cursor that this server never sent is refused, naming the field: %s %s', async (header, query) => {
  const task = await startTask(server, 'ada');
  const response = await get(task.taskId, header === undefined ? {} : { 'Last-Event-ID': header }, query);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { code: 'INVALID_INPUT', fields: [{ path: 'lastEventId' }] } });
});

test('an address that names no task is answered as a task that does not exist', async () => {
  const response = await get('not-an-id');
  expect(response.status).toBe(404);
  expect(await response.json()).toEqual({
    error: { code: 'NOT_FOUND', message: 'there is no such task among yours', fields: [] },
  });
});

test('a quiet stream begins with its retry time, keeps sending comments, and is neither cached nor buffered', async () => {
  const task = await startTask(server, 'ada');
  const response = await get(task.taskId);
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('no-cache, no-transform');
  expect(response.headers.get('x-accel-buffering')).toBe('no');
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!/(: heartbeat\n\n.*){3}/s.test(text)) text += (await reader?.read())?.value ?? '';
  expect(text).toMatch(/^retry: \d{4}\n\n/);
  await reader?.cancel();
});

test('the request of a watcher that leaves is over', async () => {
  const task = await startTask(server, 'ada');
  const watcher = await watch(task.taskId);
  await eventually(() => expect(watcher.received).toHaveLength(1));
  watcher.source.close();
  const finished = () =>
    server
      .logs()
      .split('\n')
      .filter((line) => line.includes(task.taskId) && line.includes('/progress'));
  await eventually(() => expect(finished()).toHaveLength(1));
});

test('a watcher that stops reading for a while gets every event once, in order', async () => {
  const task = await startTask(server, 'ada');
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  const { authorization } = await server.as('ada');
  socket.write(`GET ${new URL(urlOf(task.taskId)).pathname} HTTP/1.0\r\nAuthorization: ${authorization}\r\n\r\n`);
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  await eventually(() => expect(text).toContain('event: snapshot'));
  socket.pause();
  for (let batch = 0; batch < 40; batch += 1) await task.log(...Array.from({ length: 10 }, () => 'x'.repeat(100_000)));
  await task.done();
  socket.resume();
  await eventually(() => expect(text).toContain('event: complete'));
  const ids = [...text.matchAll(/^id: (\d+)$/gm)].map((match) => Number(match[1]));
  expect(ids).toEqual(Array.from({ length: 402 }, (_each, index) => index + 2));
  socket.destroy();
});
