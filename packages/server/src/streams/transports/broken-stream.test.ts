import type { AppRouter } from '@taskwire/router';
import { eventually } from '@taskwire/test-kit/vitest';
import { TRPCClientError, createTRPCClient, httpSubscriptionLink } from '@trpc/client';
import { EventSource } from 'eventsource';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { breakLog } from '../../testing/lose-logs.ts';
import { watchPlainly, type PlainWatcher } from '../../testing/plain-watcher.ts';
import { startTask } from '../../testing/running-task.ts';
import { createBacking, startTestServer, type Backing, type TestServer } from '../../testing/test-server.ts';

let backing: Backing;
let server: TestServer;
const watchers: PlainWatcher[] = [];

beforeAll(async () => {
  backing = await createBacking();
  server = await startTestServer(backing);
});
afterEach(() => {
  vi.restoreAllMocks();
  for (const { source } of watchers.splice(0)) source.close();
});
afterAll(async () => {
  await server.stop();
  await backing.close();
});

test('a stock tRPC client does not come back for ever to a log that cannot be read (MUST 16)', async () => {
  const task = await startTask(server, 'ada');
  vi.spyOn(server.connections.eventLog, 'watchTask').mockRejectedValue(new Error('the log cannot be read'));
  const headers = await server.as('ada');
  let connections = 0;
  const client = createTRPCClient<AppRouter>({
    links: [
      httpSubscriptionLink({
        url: `${server.url}/trpc`,
        EventSource,
        eventSourceOptions: {
          fetch: (url, init) => {
            connections += 1;
            return fetch(url, { ...init, headers: { ...init.headers, ...headers } });
          },
        },
      }),
    ],
  });
  const failure = await new Promise<unknown>((resolve, reject) => {
    client.task.onProgress.subscribe(
      { taskId: task.taskId },
      { onError: resolve, onComplete: () => reject(new Error('it ended as if nothing were wrong')) },
    );
  });
  if (!(failure instanceof TRPCClientError)) throw new Error('no error of tRPC');
  expect(failure).toMatchObject({
    message: 'something went wrong on the server',
    data: { taskwireCode: 'INTERNAL', httpStatus: 422 },
  });
  expect(connections).toBe(1);
  const logged = server
    .logs()
    .split('\n')
    .find((line) => line.includes('procedure failed'));
  expect(logged).toContain('task.onProgress');
});

test('an EventSource that watches such a log gets a status when it comes back, and stops', async () => {
  const task = await startTask(server, 'ada');
  const watcher = watchPlainly(`${server.url}/api/v1/sse/tasks/${task.taskId}/progress`, await server.as('ada'));
  watchers.push(watcher);
  await eventually(() => expect(watcher.received).toHaveLength(1));
  await breakLog(backing, server.database, task);
  await task.log('after');
  await eventually(() => expect(watcher.source.readyState).toBe(watcher.source.CLOSED));
  expect(watcher.received).toHaveLength(1);
  await eventually(async () => {
    const headers = { ...(await server.as('ada')), 'Last-Event-ID': '2' };
    const response = await fetch(`${server.url}/api/v1/sse/tasks/${task.taskId}/progress`, { headers });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });
});
