import { once } from 'node:events';
import { TcpProxy } from '@taskwire/test-kit';
import { eventually } from '@taskwire/test-kit/vitest';
import express from 'express';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { watchPlainly } from '../../testing/plain-watcher.ts';
import { startTask } from '../../testing/running-task.ts';
import { createBacking, startTestServer, type Backing, type TestServer } from '../../testing/test-server.ts';
import { health } from './health.ts';
import { urlOf } from '../listening.ts';

let backing: Backing;
let server: TestServer;

beforeAll(async () => {
  backing = await createBacking();
  server = await startTestServer(backing);
});
afterAll(async () => {
  await server.stop();
  await backing.close();
});

async function probe(path: string, url = server.url) {
  const response = await fetch(url + path);
  return { status: response.status, answer: await response.json() };
}

const ready = { status: 200, answer: { status: 'ready', checks: { postgres: 'up', redis: 'up' } } };

test('a server whose databases answer is ready', async () => {
  await eventually(async () => expect(await probe('/readyz')).toEqual(ready));
  expect(await probe('/healthz')).toMatchObject({ status: 200 });
});

describe('a server whose databases answer, but refuse writes, is not ready and says why', () => {
  const redis: [string, RegExp, { spoil: string; mend: string }][] = [
    ['out of memory', /^redis is out of memory/, { spoil: 'CONFIG SET maxmemory 1', mend: 'CONFIG SET maxmemory 0' }],
    ['a replica', /^redis is a read-only replica/, { spoil: 'REPLICAOF 127.0.0.1 1', mend: 'REPLICAOF NO ONE' }],
  ];
  test.each(redis)('Redis is %s', async (_how, message, { spoil, mend }) => {
    await backing.redis.command(spoil);
    try {
      await eventually(async () =>
        expect(await probe('/readyz')).toMatchObject({
          status: 503,
          answer: {
            checks: { postgres: 'up', redis: 'down' },
            error: { code: 'SERVICE_UNAVAILABLE', message: expect.stringMatching(message) },
          },
        }),
      );
      const other = await startTestServer(backing);
      await eventually(() => expect(other.logs()).toMatch(message.source.slice(1)));
      await other.stop();
    } finally {
      await backing.redis.command(mend);
    }
    await eventually(async () => expect(await probe('/readyz')).toEqual(ready));
  });

  const name = () => new URL(backing.database.databaseUrl).pathname.slice(1);
  test.each([
    [
      'is read-only',
      /^postgres is read-only/,
      {
        spoil: () => `ALTER DATABASE "${name()}" SET default_transaction_read_only = on`,
        mend: () => `ALTER DATABASE "${name()}" RESET default_transaction_read_only`,
      },
    ],
    [
      'has not the tables',
      /^postgres has not the tables of this version/,
      {
        spoil: () => 'ALTER TABLE "TaskUpload" RENAME TO "Elsewhere"',
        mend: () => 'ALTER TABLE "Elsewhere" RENAME TO "TaskUpload"',
      },
    ],
  ])('PostgreSQL %s', async (_how, message, { spoil, mend }) => {
    await server.database.$executeRawUnsafe(spoil());
    const other = await startTestServer(backing);
    try {
      await eventually(async () =>
        expect(await probe('/readyz', other.url)).toMatchObject({
          status: 503,
          answer: { checks: { postgres: 'down', redis: 'up' }, error: { message: expect.stringMatching(message) } },
        }),
      );
      await eventually(() => expect(other.logs()).toMatch(message.source.slice(1)));
    } finally {
      await other.stop();
      await server.database.$executeRawUnsafe(mend());
    }
  });
});

describe('while Redis is away', () => {
  afterEach(async () => {
    backing.redis.resume();
    await backing.redis.restart();
    await eventually(async () => expect(await probe('/readyz')).toEqual(ready));
  });

  test.each([
    ['killed', () => backing.redis.kill()],
    ['frozen', async () => backing.redis.pause()],
  ])('%s: the server lives, says that it is not ready and why, and serves what needs no Redis', async (_how, stop) => {
    const ada = await server.client('ada');
    const task = await ada.task.create.mutate({ kind: 'demo.count', input: {} });
    await stop();
    await eventually(async () => expect((await probe('/readyz')).status).toBe(503));
    expect(await probe('/readyz')).toMatchObject({
      answer: {
        checks: { postgres: 'up', redis: 'down' },
        error: { code: 'SERVICE_UNAVAILABLE', message: 'redis does not answer' },
      },
    });
    expect(await probe('/healthz')).toMatchObject({ status: 200 });
    expect(await ada.task.get.query({ taskId: task.taskId })).toMatchObject({ status: 'queued' });
  });

  test.each([
    ['killed', () => backing.redis.kill()],
    ['frozen', async () => backing.redis.pause()],
  ])('%s: a create and a cancel are accepted, and both are done later', async (_how, stop) => {
    const ada = await server.client('ada');
    const request = { kind: 'demo.count', input: {}, idempotencyKey: `while ${_how}` } as const;
    await stop();
    const { taskId } = await ada.task.create.mutate(request);
    expect(await ada.task.cancel.mutate({ taskId })).toMatchObject({ status: 'canceling' });
    backing.redis.resume();
    await backing.redis.restart();
    await eventually(async () => expect(await ada.task.create.mutate(request)).toMatchObject({ taskId }));
    await eventually(async () => expect((await ada.task.cancel.mutate({ taskId })).status).toMatch(/^cancel/));
    expect(await server.database.task.count({ where: { idempotencyKey: `while ${_how}` } })).toBe(1);
  });

  test('killed: a plain stream lets an EventSource come back; a 503 would stop it for good', async () => {
    const task = await startTask(server, 'ada');
    // Another server, which does not have the task in memory.
    const other = await startTestServer(backing);
    try {
      await backing.redis.kill();
      const headers = await server.as('ada');
      const response = await fetch(`${other.url}/api/v1/sse/tasks/${task.taskId}/progress`, { headers });
      expect(response.status).toBe(200);
      expect(await response.text()).toMatch(
        /^retry: \d{4}\n\n(: heartbeat\n\n)*: .*cannot be reached; try again in a moment\n\n$/,
      );
    } finally {
      await other.stop();
    }
  });
});

describe('while PostgreSQL is away', () => {
  let proxy: TcpProxy;
  let behind: TestServer;
  beforeAll(async () => {
    proxy = await TcpProxy.openBefore(backing.database.databaseUrl);
    behind = await startTestServer(backing, {
      environment: { databaseUrl: proxy.urlOf(backing.database.databaseUrl) },
    });
  });
  afterEach(async () => {
    proxy.restore();
    await eventually(async () => expect(await probe('/readyz', behind.url)).toEqual(ready));
  });
  afterAll(async () => {
    await behind.stop();
    await proxy.close();
  });

  const outages: [string, () => void][] = [
    ['gone', () => proxy.refuse()],
    ['frozen', () => proxy.stall()],
  ];

  test.each(outages)('%s: the server lives, and says that it is not ready and why', async (_how, stop) => {
    stop();
    await eventually(async () => expect((await probe('/readyz', behind.url)).status).toBe(503));
    expect(await probe('/readyz', behind.url)).toMatchObject({
      answer: {
        checks: { postgres: 'down', redis: 'up' },
        error: { code: 'SERVICE_UNAVAILABLE', message: 'postgres does not answer' },
      },
    });
    expect(await probe('/healthz', behind.url)).toMatchObject({ status: 200 });
  });

  test.each(outages)('%s: no request hangs: each is refused for now', async (_how, stop) => {
    const ada = await behind.client('ada');
    await ada.task.list.query({});
    stop();
    const answers = await Promise.allSettled(Array.from({ length: 15 }, () => ada.task.list.query({})));
    const refused = { reason: { data: { taskwireCode: 'SERVICE_UNAVAILABLE', httpStatus: 503 } } };
    expect(answers).toMatchObject(answers.map(() => refused));
  });

  test.each(outages)('%s: open streams go on; a new plain stream is sent away to come back', async (_how, stop) => {
    const task = await startTask(behind, 'ada');
    const path = `${behind.url}/api/v1/sse/tasks/${task.taskId}/progress`;
    const watcher = watchPlainly(path, await behind.as('ada'));
    try {
      await eventually(() => expect(watcher.received).toHaveLength(1));
      stop();
      await task.log('meanwhile');
      await eventually(() => expect(watcher.seqs()).toEqual([3]));
      const response = await fetch(path, { headers: await behind.as('ada') });
      expect(response.status).toBe(200);
      expect(await response.text()).toMatch(/^retry: \d{4}\n\n: .*try again in a moment\n\n$/);
    } finally {
      watcher.source.close();
    }
  });
});

test('a server that finds neither PostgreSQL nor Redis starts all the same, and names the missing ones', async () => {
  const nowhere = { databaseUrl: 'postgresql://user:hunter2@127.0.0.1:1/none', redisUrl: 'redis://127.0.0.1:1' };
  const lonely = await startTestServer(backing, { environment: nowhere });
  try {
    expect(await probe('/healthz', lonely.url)).toMatchObject({ status: 200 });
    expect(await probe('/readyz', lonely.url)).toMatchObject({
      status: 503,
      answer: { error: { message: 'postgres does not answer; redis does not answer' } },
    });
    const ada = await lonely.client('ada');
    await expect(ada.task.list.query({})).rejects.toMatchObject({
      message: 'the database cannot be reached; try again in a moment',
      data: { taskwireCode: 'SERVICE_UNAVAILABLE', httpStatus: 503 },
    });
  } finally {
    await lonely.stop();
  }
  expect(lonely.logs()).not.toContain('hunter2');
});

test('a server that is stopping is not ready, though it could still work', async () => {
  const app = express().use(health([{ name: 'postgres', ping: () => Promise.resolve() }], { draining: true }));
  const listening = app.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  try {
    expect(await probe('/readyz', urlOf(listening, '127.0.0.1'))).toMatchObject({
      status: 503,
      answer: { checks: { postgres: 'up' }, error: { message: 'the server is stopping' } },
    });
  } finally {
    listening.close();
  }
});
