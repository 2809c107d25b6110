import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { AppRouter } from '@taskwire/router';
import { eventually } from '@taskwire/test-kit/vitest';
import { createTRPCClient, httpSubscriptionLink, retryLink, TRPCClientError } from '@trpc/client';
import { EventSource } from 'eventsource';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { watchPlainly } from './testing/plain-watcher.ts';
import { startTask } from './testing/running-task.ts';
import { createBacking, startTestServer, type Backing } from './testing/test-server.ts';

let backing: Backing;
beforeAll(async () => {
  backing = await createBacking();
});
afterAll(() => backing.close());

test('a stock EventSource comes back to the next server, and has every event once', async () => {
  const first = await startTestServer(backing);
  const task = await startTask(first, 'ada');
  const watcher = watchPlainly(`${first.url}/api/v1/sse/tasks/${task.taskId}/progress`, await first.as('ada'));
  await eventually(() => expect(watcher.received.map(({ event }) => event)).toEqual(['snapshot']));
  await task.log('before');
  await eventually(() => expect(watcher.received.at(-1)?.id).toBe('3'));

  await first.stop();
  expect(watcher.received.map(({ event }) => event)).not.toContain('complete');
  const port = Number(new URL(first.url).port);
  const second = await startTestServer(backing, { environment: { port } });
  try {
    const writer = await second.connections.eventLog.claim(task, 'another worker');
    if (!writer.claimed) throw new Error('the task cannot be taken');
    await writer.writer.append([{ type: 'log', level: 'info', message: 'without a watcher' }]);
    await eventually(() => expect(watcher.received.at(-1)?.id).toBe('5'));
    await writer.writer.append([{ type: 'done', output: { counted: 1 }, durationMs: 1 }]);
    await second.database.task.update({ where: { id: task.taskId }, data: { status: 'done' } });
    await eventually(() => expect(watcher.received.at(-1)?.event).toBe('complete'));
    expect(watcher.received.map(({ event, id }) => `${id} ${event}`)).toEqual([
      '2 snapshot',
      '3 log',
      '4 started',
      '5 log',
      '6 complete',
    ]);
  } finally {
    watcher.source.close();
    await second.stop();
  }
});

test('a plain stream ends in an orderly way, without a last event, saying why', async () => {
  const server = await startTestServer(backing);
  const task = await startTask(server, 'ada');
  const url = `${server.url}/api/v1/sse/tasks/${task.taskId}/progress`;
  const response = await fetch(url, { headers: await server.as('ada') });
  const text = response.text();
  await server.stop();
  expect(await text).toMatch(/event: snapshot\n[^]*\n\n: the server is restarting; come back in a moment\n\n$/);
});

test('a tRPC subscription ends with SERVICE_UNAVAILABLE, not with a return after which clients stay away', async () => {
  const server = await startTestServer(backing);
  const task = await startTask(server, 'ada');
  const input = encodeURIComponent(JSON.stringify({ taskId: task.taskId }));
  const response = await fetch(`${server.url}/trpc/task.onProgress?input=${input}`, {
    headers: await server.as('ada'),
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!text.includes('"snapshot"')) text += (await reader?.read())?.value ?? '';
  const stopped = server.stop();
  for (let chunk = await reader?.read(); chunk?.done === false; chunk = await reader?.read()) text += chunk.value;
  await stopped;
  expect(text).toMatch(/event: serialized-error\ndata: .*restarting.*"code":"SERVICE_UNAVAILABLE"/);
  expect(text).not.toContain('event: return');
});

test('a stock tRPC subscription comes back to the next server, and has every event once', async () => {
  const first = await startTestServer(backing);
  const task = await startTask(first, 'ada');
  const headers = await first.as('ada');
  const client = createTRPCClient<AppRouter>({
    links: [
      retryLink({
        retry: ({ error }) => error.data === undefined || error.data?.code === 'SERVICE_UNAVAILABLE',
        retryDelayMs: () => 50,
      }),
      httpSubscriptionLink({
        url: `${first.url}/trpc`,
        EventSource,
        eventSourceOptions: () => ({
          fetch: (url, init) => fetch(url, { ...init, headers: { ...init.headers, ...headers } }),
        }),
      }),
    ],
  });
  const received: string[] = [];
  const failures: unknown[] = [];
  const ended = new Promise<void>((resolve) => {
    client.task.onProgress.subscribe(
      { taskId: task.taskId },
      {
        onData: ({ id, data }) => void received.push(`${id} ${data.type}`),
        onError: (error) => void failures.push(error),
        onComplete: () => resolve(),
      },
    );
  });
  await eventually(() => expect(received).toEqual(['2 snapshot']));
  await task.log('before');
  await eventually(() => expect(received.at(-1)).toBe('3 log'));
  await first.stop();
  const second = await startTestServer(backing, { environment: { port: Number(new URL(first.url).port) } });
  try {
    const claim = await second.connections.eventLog.claim(task, 'another worker');
    if (!claim.claimed) throw new Error('the task cannot be taken');
    await claim.writer.append([{ type: 'done', output: { counted: 1 }, durationMs: 1 }]);
    await ended;
    expect(received).toEqual(['2 snapshot', '3 log', '4 started', '5 done']);
    expect(failures.every((failure) => failure instanceof TRPCClientError)).toBe(true);
  } finally {
    await second.stop();
  }
});

test('a request that runs is finished first; no new connection is taken', async () => {
  const server = await startTestServer(backing);
  const boundary = 'the-boundary';
  const request = httpRequest(`${server.url}/api/v1/uploads`, {
    method: 'POST',
    headers: { ...(await server.as('ada')), 'content-type': `multipart/form-data; boundary=${boundary}` },
  });
  const answered = once(request, 'response');
  request.write(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhalf`);
  await once(request, 'socket');
  await eventually(async () => expect((await fetch(`${server.url}/healthz`)).status).toBe(200));
  const stopped = server.stop();
  await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
  request.end(` and half\r\n--${boundary}--\r\n`);
  const [response] = await answered;
  expect(response).toMatchObject({ statusCode: 201 });
  await stopped;
});

test('a request that does not end is cut off when the time to drain is over', async () => {
  const server = await startTestServer(backing, { environment: { drainMs: 50 } });
  const headers = { ...(await server.as('ada')), 'content-type': 'multipart/form-data; boundary=x' };
  const request = httpRequest(`${server.url}/api/v1/uploads`, { method: 'POST', headers });
  const failed = once(request, 'error');
  request.write('--x\r\n');
  await once(request, 'socket');
  await eventually(async () => expect((await fetch(`${server.url}/healthz`)).status).toBe(200));
  await server.stop();
  request.write('more');
  expect(await failed).toEqual([expect.any(Error)]);
});
