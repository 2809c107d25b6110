import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { createDatabase } from '@taskwire/db';
import { eventually } from '@taskwire/test-kit/vitest';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { readMetrics } from '../testing/read-metrics.ts';
import { startTask, type RunningTask } from '../testing/running-task.ts';
import { createBacking, startTestServer, type Backing, type TestServer } from '../testing/test-server.ts';

const PER_USER = 60;
const STREAMS_PER_USER = 3;

let backing: Backing;
let server: TestServer;
let task: RunningTask;
const leaving: AbortController[] = [];

beforeAll(async () => {
  backing = await createBacking();
  server = await startTestServer(backing, {
    environment: { callsPerUser: PER_USER, callsPerProcess: 100, streamsPerUser: STREAMS_PER_USER },
  });
  task = await startTask(server, 'ada');
});
afterEach(async () => {
  for (const controller of leaving.splice(0)) controller.abort();
  await eventually(async () => expect(await figure('taskwire_calls_in_flight')).toBe(0));
});
afterAll(async () => {
  await server.stop();
  await backing.close();
});

const figure = async (name: string) => (await readMetrics(server)).get(name);

interface Ask {
  /** Absent: no caller. */
  user?: string;
  names: readonly string[];
  input?: object;
  headers?: Record<string, string>;
}

/** Sends a batch of calls that all have the same input. */
async function send({ user, names, input = {}, headers: more = {} }: Ask): Promise<Response> {
  const controller = new AbortController();
  leaving.push(controller);
  const inputs = Object.fromEntries(names.map((_name, index) => [index, input]));
  const query = new URLSearchParams({ batch: '1', input: JSON.stringify(inputs) });
  const headers = { ...more, ...(user === undefined ? {} : await server.as(user)) };
  return fetch(`${server.url}/trpc/${names.join(',')}?${query.toString()}`, { headers, signal: controller.signal });
}

const repeated = (name: string, count: number) => Array.from({ length: count }, () => name);

/** Lets every query of projects wait until it is released. */
async function holdProjects(): Promise<() => Promise<void>> {
  const database = createDatabase({ connectionString: backing.database.databaseUrl, poolSize: 1 });
  const released = new AbortController();
  const locked = new AbortController();
  const holding = database.$transaction(
    async (transaction) => {
      await transaction.$executeRaw`LOCK TABLE "Project"`;
      locked.abort();
      await once(released.signal, 'abort');
    },
    { timeout: 60_000 },
  );
  await Promise.race([once(locked.signal, 'abort'), holding]);
  return async () => {
    released.abort();
    await holding;
    await database.$disconnect();
  };
}

test('each call of a batch counts, and a batch above the limit is refused as a whole, with a time to come back', async () => {
  const release = await holdProjects();
  const answered = send({ user: 'ada', names: repeated('project.list', 40) });
  await eventually(async () => expect(await figure('taskwire_calls_in_flight')).toBe(40));
  const refused = await send({ user: 'ada', names: repeated('project.list', 21) });
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await refused.json()).toMatchObject({
    error: {
      message: expect.stringMatching(/40 calls in flight.*60 are the most/),
      data: { code: 'TOO_MANY_REQUESTS', httpStatus: 429, taskwireCode: 'TOO_MANY_REQUESTS' },
    },
  });
  const fits = send({ user: 'ada', names: repeated('project.list', 20) });
  const others = send({ user: 'grace', names: repeated('project.list', 40) });
  await eventually(async () => expect(await figure('taskwire_calls_in_flight')).toBe(100));
  expect((await send({ user: 'alan', names: ['project.list'] })).status).toBe(503);
  await release();
  for (const answer of [answered, fits, others]) expect((await answer).status).toBe(200);
  expect(await figure('taskwire_calls_refused_total{reason="user"}')).toBe(1);
  expect(await figure('taskwire_calls_refused_total{reason="process"}')).toBe(1);
});

test('calls whose client has left count until they have ended', async () => {
  const release = await holdProjects();
  const left = send({ user: 'ada', names: repeated('project.list', 50) });
  await eventually(async () => expect(await figure('taskwire_calls_in_flight')).toBe(50));
  for (const controller of leaving.splice(0)) controller.abort();
  await expect(left).rejects.toThrow();
  expect((await send({ user: 'ada', names: repeated('project.list', 11) })).status).toBe(429);
  await release();
  await eventually(async () =>
    expect((await send({ user: 'ada', names: repeated('project.list', 50) })).status).toBe(200),
  );
});

test('calls that are answered one by one count until they have ended, too', async () => {
  const release = await holdProjects();
  const jsonl = { 'trpc-accept': 'application/jsonl' };
  const left = await send({ user: 'ada', names: repeated('project.list', 50), headers: jsonl });
  expect(left.status).toBe(200);
  for (const controller of leaving.splice(0)) controller.abort();
  await expect(left.text()).rejects.toThrow();
  // The server has noticed that the client has left once a later request is answered.
  expect((await send({ user: 'grace', names: ['task.list'] })).status).toBe(200);
  expect((await send({ user: 'ada', names: repeated('project.list', 11), headers: jsonl })).status).toBe(429);
  await release();
  await eventually(async () =>
    expect((await send({ user: 'ada', names: repeated('project.list', 50), headers: jsonl })).status).toBe(200),
  );
});

/** Sends a request as it stands here, without the rest of its body, and leaves once the server counts its calls. */
async function leaveWithin(first: string, ...more: string[]): Promise<void> {
  const { authorization } = await server.as('ada');
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  const head = [`${first} HTTP/1.1`, 'Host: localhost', `Authorization: ${authorization}`, ...more];
  socket.write(`${head.join('\r\n')}\r\n\r\n{"0":{`);
  await eventually(async () => expect(await figure('taskwire_calls_in_flight')).toBeGreaterThan(0));
  socket.resetAndDestroy();
}

test.each([
  ['alone', 'POST /trpc/project.create', []],
  ['in a batch', `POST /trpc/${repeated('project.create', 50).join(',')}?batch=1`, []],
  [
    'to be answered one by one',
    `POST /trpc/${repeated('project.create', 50).join(',')}?batch=1`,
    ['trpc-accept: application/jsonl'],
  ],
])('calls whose body is cut off count no more, %s', async (_how, first, more) => {
  await leaveWithin(first, 'Content-Type: application/json', 'Content-Length: 500', ...more);
  await eventually(async () => expect(await figure('taskwire_calls_in_flight')).toBe(0));
});

test('a call whose input is in the address counts until it has ended, also if it announces a body', async () => {
  const release = await holdProjects();
  const input = encodeURIComponent(JSON.stringify(Object.fromEntries(Array.from({ length: 50 }, (_, at) => [at, {}]))));
  await leaveWithin(
    `GET /trpc/${repeated('project.list', 50).join(',')}?batch=1&input=${input}`,
    'Content-Length: 500',
  );
  expect((await send({ user: 'grace', names: ['task.list'] })).status).toBe(200);
  expect(await figure('taskwire_calls_in_flight')).toBe(50);
  await release();
});

test('a batch without a caller is refused as a whole, before its calls and its body are read', async () => {
  const response = await fetch(`${server.url}/trpc/${repeated('task.create', 50).join(',')}?batch=1`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: 'this is no JSON',
  });
  expect(response.status).toBe(401);
  expect(response.headers.get('www-authenticate')).toContain('Bearer');
  expect(await response.json()).toMatchObject({ error: { data: { taskwireCode: 'UNAUTHENTICATED' } } });
  const refused = await send({ names: repeated('task.list', 2) });
  expect(refused.status).toBe(401);
  expect(await figure('taskwire_calls_refused_total{reason="unauthenticated"}')).toBe(2);
});

test.each(['?x=?&batch=1', '?batch=1&?', '?b%61tch=1', '?x=%3F&batch=1&batch=0', '?&=?&?=?&batch=1#?'])(
  'every batch is known by its address as tRPC reads it: %s',
  async (query) => {
    const port = Number(new URL(server.url).port);
    const socket = connect(port, '127.0.0.1');
    socket.write(`GET /trpc/task.list,task.list${query} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1.1 401 /);
    // Refused as a whole: one error, and no list of them.
    expect(answer).toContain('\r\n\r\n{"error"');
  },
);

test('a batch that is too long is refused, naming the limit', async () => {
  const response = await send({ user: 'ada', names: repeated('task.list', 51) });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { message: expect.stringContaining('50 calls') } });
});

test('a held poll counts as a stream and not as a call, alone and in a batch', async () => {
  const input = { taskId: task.taskId, lastEventId: '2', waitMs: 30_000 };
  const held = [send({ user: 'ada', names: repeated('task.poll', 2), input })];
  await eventually(async () => expect(await figure('taskwire_log_watched{log="task"}')).toBe(1));
  expect(await figure('taskwire_calls_in_flight')).toBe(0);
  const tooMany = await send({ user: 'ada', names: repeated('task.poll', 2), input });
  expect(tooMany.status).toBe(429);
  held.push(send({ user: 'ada', names: ['task.poll'], input }));
  const stream = () => fetch(`${server.url}/api/v1/sse/tasks/${task.taskId}/progress`, { headers });
  const headers = await server.as('ada');
  await eventually(async () => expect((await stream()).status).toBe(429));
  await task.log('what they wait for');
  for (const answer of held) expect((await answer).status).toBe(200);
  const after = await send({ user: 'ada', names: repeated('task.poll', 3), input });
  expect(after.status).toBe(200);
});

test('a stream that is still being looked up counts: one too many is refused before the database is asked', async () => {
  const release = await holdProjects();
  const headers = await server.as('ada');
  const controller = new AbortController();
  leaving.push(controller);
  const stream = () =>
    fetch(`${server.url}/api/v1/sse/projects/${randomUUID()}`, { headers, signal: controller.signal });
  const answers = Array.from({ length: STREAMS_PER_USER + 1 }, stream);
  expect((await Promise.race(answers)).status).toBe(429);
  await release();
  const statuses = (await Promise.all(answers)).map(({ status }) => status);
  expect(statuses.sort()).toEqual([404, 404, 404, 429]);
  expect((await stream()).status).toBe(404);
});

test('the server is ready although every connection of its pool is in use', async () => {
  const { database } = server;
  const busy = Array.from({ length: 20 }, () => database.$queryRaw`SELECT pg_sleep(1)::text`);
  const answers = await Promise.all(Array.from({ length: 5 }, () => fetch(`${server.url}/readyz`)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  await Promise.allSettled(busy);
});
