import type { AppRouter } from '@taskwire/router';
import { eventually } from '@taskwire/test-kit/vitest';
import { retryLink } from '@trpc/client';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startTask, type RunningTask } from '../../testing/running-task.ts';
import { createBacking, startTestServer, type Backing, type TestServer } from '../../testing/test-server.ts';
import { startAnsweringProxy, type AnsweringProxy } from './testing/proxies/answering-proxy.ts';
import { LinkWatch, type LinkWatchClient } from './testing/reading/link-watch.ts';
import { HAS_NGINX, startNginx } from './testing/proxies/nginx.ts';

/** The retry link of PROTOCOL.md: it comes back unless Taskwire itself has refused for good. */
const cameBack = retryLink<AppRouter>({
  retry: ({ error }) => {
    const code = error.data?.taskwireCode;
    return code === undefined || code === 'TOO_MANY_REQUESTS' || code === 'SERVICE_UNAVAILABLE';
  },
  retryDelayMs: (attempts) => Math.min(200, 50 * 2 ** attempts) * (0.5 + Math.random() / 2),
});

let backing: Backing;
let server: TestServer;
const watches: LinkWatch[] = [];
beforeAll(async () => {
  backing = await createBacking();
  server = await startTestServer(backing);
});
afterEach(async () => {
  await Promise.all(watches.splice(0).map((watch) => watch.leave()));
});
afterAll(async () => {
  await server.stop();
  await backing.close();
});

async function watchBehind(url: string, taskId: string, client: Omit<LinkWatchClient, 'authorization'>) {
  const ask = { path: 'task.onProgress', input: { taskId } } as const;
  const watch = new LinkWatch(url, ask, { ...client, authorization: (await server.as('ada')).authorization });
  watches.push(watch);
  return watch;
}

async function finish(task: RunningTask, watch: LinkWatch): Promise<void> {
  await task.log('after the outage');
  await task.done();
  await eventually(() => expect(watch.ended).toBe(true));
  expect(watch.observations.filter(({ kind }) => kind === 'error')).toEqual([]);
  expect(watch.ids).toEqual(['2', '3', '4', '5']);
}

describe('behind a proxy that sends answers of its own', () => {
  let proxy: AnsweringProxy;
  beforeAll(async () => {
    proxy = await startAnsweringProxy(server.url);
  });
  afterAll(() => proxy.close());

  /** A watch that has had two messages when the proxy begins to answer. */
  async function interrupted(client: Omit<LinkWatchClient, 'authorization'>, status: number) {
    const task = await startTask(server, 'ada');
    const watch = await watchBehind(proxy.url, task.taskId, client);
    await eventually(() => expect(watch.ids).toEqual(['2']));
    await task.log('before the outage');
    await eventually(() => expect(watch.ids).toEqual(['2', '3']));
    const before = proxy.answered;
    proxy.answer((_request, response) => response.writeHead(status).end('not Taskwire'));
    return { task, watch, answered: () => proxy.answered - before };
  }

  test.each([
    ['eventsource', 404],
    ['eventsource', 502],
    ['undici', 404],
  ] as const)('the stock link alone ends: %s, %i', async (make, status) => {
    const { watch, answered } = await interrupted({ make }, status);
    await eventually(() => expect(watch.ended).toBe(true));
    expect(answered()).toBe(1);
    proxy.pass();
  });

  test.each([
    ['eventsource', 404],
    ['eventsource', 502],
    ['eventsource', 204],
    ['undici', 502],
  ] as const)('the retryLink of PROTOCOL.md before it comes back and misses nothing: %s, %i', async (make, status) => {
    const { task, watch, answered } = await interrupted({ make, before: [cameBack] }, status);
    await eventually(() => expect(answered()).toBeGreaterThan(2));
    proxy.pass();
    await finish(task, watch);
  });

  test("with it, the server's own NOT_FOUND still ends at once", async () => {
    const task = await startTask(server, 'bob');
    const watch = await watchBehind(proxy.url, task.taskId, { make: 'eventsource', before: [cameBack] });
    await eventually(() => expect(watch.ended).toBe(true));
    expect(watch.observations.at(-1)).toMatchObject({ kind: 'error', error: { data: { taskwireCode: 'NOT_FOUND' } } });
  });
});

describe.skipIf(!HAS_NGINX)('behind nginx with deploy/nginx.conf', () => {
  test('the stock link alone survives a redeploy; calls get SERVICE_UNAVAILABLE meanwhile', async () => {
    const first = await startTestServer(backing, { environment: { drainMs: 0 } });
    const nginx = await startNginx(first.url);
    let second: TestServer | undefined;
    try {
      const task = await startTask(server, 'ada');
      const watch = await watchBehind(nginx.url, task.taskId, { make: 'eventsource' });
      await eventually(() => expect(watch.ids).toEqual(['2']));
      await task.log('before the outage');
      await eventually(() => expect(watch.ids).toEqual(['2', '3']));
      await first.stop();
      const call = await fetch(`${nginx.url}/api/v1/config`);
      expect(call.status).toBe(503);
      expect(await call.json()).toMatchObject({ error: { code: 'SERVICE_UNAVAILABLE', fields: [] } });
      const stream = await fetch(`${nginx.url}/trpc/task.onProgress`, { headers: { accept: 'text/event-stream' } });
      expect(stream.headers.get('content-type')).toBe('text/event-stream');
      expect(await stream.text()).toBe('retry: 2000\n\n: the server cannot be reached\n\n');
      second = await startTestServer(backing, { environment: { port: Number(new URL(first.url).port) } });
      await finish(task, watch);
      expect(await (await fetch(`${nginx.url}/api/v1/none`)).json()).toMatchObject({ error: { code: 'NOT_FOUND' } });
    } finally {
      await first.stop();
      await second?.stop();
      await nginx.stop();
    }
  });
});
