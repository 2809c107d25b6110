import { eventually } from '@taskwire/test-kit/vitest';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LinkWatch } from '../differential/testing/reading/link-watch.ts';
import { RawStream } from '../differential/testing/reading/raw-stream.ts';
import { startTask, type RunningTask } from '../../testing/running-task.ts';
import { createBacking, startTestServer, type Backing, type TestServer } from '../../testing/test-server.ts';
import { readMetrics } from '../../testing/read-metrics.ts';

let backing: Backing;
let gateway: TestServer;
let plainTrpc: TestServer;
let task: RunningTask;

beforeAll(async () => {
  backing = await createBacking();
  gateway = await startTestServer(backing);
  plainTrpc = await startTestServer(backing, { environment: { streamGateway: false } });
  task = await startTask(gateway, 'ada');
});
afterAll(async () => {
  await Promise.all([gateway.stop(), plainTrpc.stop()]);
  await backing.close();
});

/** A token of ada's that expires at a second. */
async function tokenUntil(exp: number): Promise<{ authorization: string }> {
  const token = await new SignJWT({ sub: 'ada', iss: 'taskwire', aud: 'taskwire', exp })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(gateway.environment.authSecret));
  return { authorization: `Bearer ${token}` };
}

const soon = () => Math.ceil(Date.now() / 1_000) + 2;

/** The text of a plain stream, and the time (ms) from its token's expiry to its end. */
async function endOf(url: string): Promise<{ lateMs: number; text: string }> {
  const exp = soon();
  const response = await fetch(url, { headers: await tokenUntil(exp) });
  expect(response.status).toBe(200);
  const text = await response.text();
  return { lateMs: Date.now() - exp * 1_000, text };
}

const trpcUrl = (server: TestServer, path: string, input: unknown) =>
  `${server.url}/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`;

describe.concurrent.each([
  ['task.onProgress of the gateway', () => trpcUrl(gateway, 'task.onProgress', { taskId: task.taskId })],
  ['project.onProgress of the gateway', () => trpcUrl(gateway, 'project.onProgress', { projectId: task.projectId })],
  ['task.onAny of the gateway', () => trpcUrl(gateway, 'task.onAny', {})],
  ['task.onProgress of tRPC itself', () => trpcUrl(plainTrpc, 'task.onProgress', { taskId: task.taskId })],
  ['task.onAny of tRPC itself', () => trpcUrl(plainTrpc, 'task.onAny', {})],
  ['a plain stream of a task', () => `${gateway.url}/api/v1/sse/tasks/${task.taskId}/progress`],
  ['a plain stream of all tasks', () => `${gateway.url}/api/v1/sse/tasks`],
])('%s', (_name, url) => {
  test('MUST 18: ends when its token expires, within a second and without a terminal event', async () => {
    const { lateMs, text } = await endOf(url());
    // A loaded machine may be late; a server that does not look ends it at the next ping (15 s) or never.
    expect(lateMs).toBeGreaterThanOrEqual(0);
    expect(lateMs).toBeLessThan(8_000);
    expect(text).toMatch(/snapshot/);
    expect(text).not.toMatch(/event: (return|complete|error)\n/);
    const isTrpcItself = url().startsWith(plainTrpc.url);
    expect(/"taskwireCode":"(\w+)"/.exec(text)?.[1]).toBe(isTrpcItself ? 'SERVICE_UNAVAILABLE' : undefined);
  });
});

test.concurrent(
  'MUST 18: a held poll is answered when its token expires, without messages and not as ended',
  async () => {
    const exp = soon();
    const headers = await tokenUntil(exp);
    const input = { taskId: task.taskId, lastEventId: '2', waitMs: 30_000 };
    const response = await fetch(trpcUrl(gateway, 'task.poll', input), { headers });
    expect(await response.json()).toMatchObject({ result: { data: { messages: [], lastEventId: '2', ended: false } } });
    expect(Date.now() - exp * 1_000).toBeLessThan(5_000);
  },
);

test.concurrent('a stock client that comes back with the expired token is refused as expired', async () => {
  const { authorization } = await tokenUntil(soon());
  const ask = { path: 'task.onProgress', input: { taskId: task.taskId } } as const;
  const link = new LinkWatch(gateway.url, ask, { make: 'eventsource', authorization });
  try {
    await eventually(() => expect(link.ended).toBe(true));
    expect(link.observations.at(-1)).toMatchObject({
      kind: 'error',
      error: { data: { taskwireCode: 'UNAUTHENTICATED' } },
    });
    expect(JSON.stringify(link.observations.at(-1))).toContain('the token has expired');
  } finally {
    await link.leave();
  }
});

test('a stream stays open if its token expires later than any timer can be set', async () => {
  const open = await Promise.all(
    [gateway, plainTrpc].flatMap((server) =>
      [2 ** 31, 2 ** 33, 8.64e12].map(async (seconds) => {
        const token = await tokenUntil(Math.floor(Date.now() / 1_000) + seconds);
        return new RawStream(server.url, { path: 'task.onAny' }, token);
      }),
    ),
  );
  try {
    for (const stream of open) await eventually(() => expect(stream.text).toContain('snapshot'));
    // Waits for as long as a stream with an expiring token takes to end.
    const { lateMs } = await endOf(`${gateway.url}/api/v1/sse/tasks`);
    expect(lateMs).toBeGreaterThanOrEqual(0);
    expect(open.map((stream) => stream.ended)).toEqual(open.map(() => false));
  } finally {
    for (const stream of open) stream.leave();
  }
});

test('streams that end with their token are counted as expired', async () => {
  expect((await readMetrics(gateway)).get('taskwire_stream_cut_total{reason="expired"}')).toBeGreaterThan(4);
});
