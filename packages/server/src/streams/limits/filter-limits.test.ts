import { eventually } from '@taskwire/test-kit/vitest';
import { afterAll, afterEach, beforeAll, describe, expect, it, test } from 'vitest';
import { RawStream } from '../differential/testing/reading/raw-stream.ts';
import { startTask, type RunningTask } from '../../testing/running-task.ts';
import { createBacking, startTestServer, type Backing, type TestServer } from '../../testing/test-server.ts';
import { FilterLimits } from './filter-limits.ts';
import { readMetrics } from '../../testing/read-metrics.ts';

describe('FilterLimits', () => {
  it('counts a filter once for all its streams, until the last of them ends', () => {
    const limits = new FilterLimits(1);
    const leave = [limits.admit('ada', { topic: 't', filter: 'a' }), limits.admit('ada', { topic: 't', filter: 'a' })];
    expect(limits.admit('ada', { topic: 't', filter: 'b' })).toBeUndefined();
    leave[0]?.();
    leave[0]?.();
    expect(limits.admit('ada', { topic: 't', filter: 'b' })).toBeUndefined();
    leave[1]?.();
    expect(limits.admit('ada', { topic: 't', filter: 'b' })).toBeDefined();
  });

  it('counts each user and each topic by itself', () => {
    const limits = new FilterLimits(1);
    for (const [user, topic] of [
      ['ada', 't'],
      ['grace', 't'],
      ['ada', 'u'],
    ] as const)
      expect(limits.admit(user, { topic, filter: 'a' })).toBeDefined();
  });
});

let backing: Backing;
let server: TestServer;
let task: RunningTask;
const streams: RawStream[] = [];
const leaving: AbortController[] = [];

beforeAll(async () => {
  backing = await createBacking();
  server = await startTestServer(backing, { environment: { streamFiltersPerTopic: 2 } });
  task = await startTask(server, 'ada');
});
afterEach(async () => {
  for (const stream of streams.splice(0)) stream.leave();
  for (const controller of leaving.splice(0)) controller.abort();
  const open = async () => (await readMetrics(server)).get('taskwire_stream_watchers{transport="trpc"}');
  await eventually(async () => expect(await open()).toBe(0));
});
afterAll(async () => {
  await server.stop();
  await backing.close();
});

async function open(stages: string[]): Promise<RawStream> {
  const input = { projectId: task.projectId, stages };
  const stream = new RawStream(server.url, { path: 'project.onProgress', input }, await server.as('ada'));
  streams.push(stream);
  await eventually(() => expect(stream.text).toMatch(/"type":"snapshot"|httpStatus/));
  return stream;
}

async function openPlain(query: string): Promise<Response> {
  const controller = new AbortController();
  leaving.push(controller);
  const url = `${server.url}/api/v1/sse/projects/${task.projectId}${query}`;
  return fetch(url, { headers: await server.as('ada'), signal: controller.signal });
}

test('a filter too many on one topic is refused at both transports, naming the limit; one that is open is not', async () => {
  await open(['a']);
  await open(['b', 'a']);
  const refused = await open(['c']);
  expect(refused.text).toContain('"taskwireCode":"TOO_MANY_REQUESTS"');
  expect(refused.text).toContain('2 different filters');
  const plain = await openPlain('?stages=c');
  expect(plain.status).toBe(429);
  expect(plain.headers.get('retry-after')).not.toBeNull();
  // The same names in another order and twice, and no filter at all.
  expect((await open(['a', 'b', 'a'])).text).toContain('"type":"snapshot"');
  expect((await openPlain('?stages=b,a,b')).status).toBe(200);
  expect((await openPlain('')).status).toBe(200);
  expect((await readMetrics(server)).get('taskwire_stream_refused_total{reason="filters"}')).toBe(2);
});

test('a filter is free again once its last stream has ended', async () => {
  const first = await open(['a']);
  await open(['b']);
  expect((await open(['c'])).text).toContain('httpStatus');
  first.leave();
  await eventually(async () => expect((await openPlain('?stages=c')).status).toBe(200));
});

test('streams that tRPC’s adapter serves have the same limit', async () => {
  await open(['a']);
  await open(['b']);
  const input = encodeURIComponent(JSON.stringify({ projectId: task.projectId, stages: ['c'] }));
  const headers = { ...(await server.as('ada')), 'trpc-accept': 'x' };
  const answer = await fetch(`${server.url}/trpc/project.onProgress?input=${input}`, { headers });
  expect(await answer.text()).toContain('"httpStatus":429');
});
