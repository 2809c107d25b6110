import { createTaskwireClient, type TaskwireClient } from '@taskwire/client';
import { defineTask, latest } from '@taskwire/tasks';
import { afterEach, expect, it } from 'vitest';
import * as z from 'zod';
import { createFakeServer, record, recordingSchema } from '../index.ts';

const count = defineTask({
  kind: 'number.count',
  input: z.object({ to: z.int() }),
  output: z.object({ counted: z.int() }),
  stages: [{ name: 'count', weight: 1 }],
  channels: { last: latest(z.int()) },
});

const clients: TaskwireClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

function start() {
  const server = createFakeServer({ tasks: [count] });
  const client = createTaskwireClient({ url: server.url, token: server.token, fetch: server.fetch });
  clients.push(client);
  return { server, client };
}

/** A recording of a task that counted to 3, as a file would hold it. */
async function recorded() {
  const { server, client } = start();
  const task = await server.createTask(count, { to: 3 });
  const recording = record(client, task.taskId);
  for (const number of [1, 2, 3]) task.progress('count', { current: number, total: 3 }).send('last', number);
  task.done({ counted: 3 });
  return recordingSchema.parse(JSON.parse(JSON.stringify(await recording)));
}

it('a recorded task is played to watchers: the same events, output and channels', async () => {
  const recording = await recorded();
  const { server, client } = start();
  const { taskId, finished } = await server.replay(recording);
  await finished;
  const found = await client.tasks.get(taskId, { task: count });
  expect(found).toMatchObject({ status: 'done', output: { counted: 3 } });
  const played: string[] = [];
  for await (const event of client.tasks.history(taskId, { task: count })) played.push(event.type);
  expect(played).toEqual(recording.events.map(({ event }) => event.type));
});

it('a replay keeps the pace of the recording, and ends at an abort', async () => {
  const recording = await recorded();
  const slow = { ...recording, events: recording.events.map((each) => ({ ...each, afterMs: 3_600_000 })) };
  const { server } = start();
  const stop = new AbortController();
  const { finished } = await server.replay(slow, { speed: 1, signal: stop.signal });
  stop.abort();
  await finished;
});

it('a task that its page cancels while it is played ends as canceled', async () => {
  const recording = await recorded();
  const { server, client } = start();
  const [queued, ...later] = recording.events;
  const slow = { ...recording, events: [queued, ...later.map((each) => ({ ...each, afterMs: 50 }))] };
  const { taskId, finished } = await server.replay(recordingSchema.parse(slow), { speed: 1 });
  await client.tasks.cancel(taskId);
  await finished;
  const played: string[] = [];
  for await (const event of client.tasks.history(taskId, { task: count })) played.push(event.type);
  expect(played).toEqual(['queued', 'canceling', 'canceled']);
});

it.each([
  ['without its beginning', (events: unknown[]) => ({ events: events.slice(1) })],
  ['without events', () => ({ events: [] })],
  ['of another version', () => ({ version: 2 })],
  ['with something else than events', () => ({ events: [{ afterMs: 0, event: { type: 'x' } }] })],
])('a recording %s is refused, naming the field', async (_, change) => {
  const recording = await recorded();
  const changed = change(recording.events);
  const read = recordingSchema.safeParse({ ...recording, ...changed });
  expect(read.error?.issues[0]?.path[0]).toBe(Object.keys(changed)[0]);
});

it('a recording of a kind that the server does not have, and a speed of 0, are refused with the remedy', async () => {
  const recording = await recorded();
  const { server } = start();
  await expect(server.replay({ ...recording, kind: 'other.kind' })).rejects.toThrow('give it to tasks');
  await expect((await server.replay(recording, { speed: 0 })).finished).rejects.toThrow('above 0');
});
