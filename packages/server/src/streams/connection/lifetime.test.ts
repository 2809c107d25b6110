import { eventually } from '@taskwire/test-kit/vitest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LinkWatch } from '../differential/testing/reading/link-watch.ts';
import { watchPlainly } from '../../testing/plain-watcher.ts';
import { startTask } from '../../testing/running-task.ts';
import { createBacking, startTestServer, type Backing, type TestServer } from '../../testing/test-server.ts';
import { readMetrics } from '../../testing/read-metrics.ts';

let backing: Backing;
let server: TestServer;

beforeAll(async () => {
  backing = await createBacking();
  server = await startTestServer(backing, { pingEveryMs: 50, environment: { streamLifetimeMs: 500 } });
});
afterAll(async () => {
  await server.stop();
  await backing.close();
});

const lifetimesOver = async () =>
  (await readMetrics(server)).get('taskwire_stream_cut_total{reason="lifetime"}') ?? NaN;

test('stock clients come back with their cursor at the end of a stream’s lifetime, and get every event once', async () => {
  const task = await startTask(server, 'ada');
  const { taskId } = task;
  const { authorization } = await server.as('ada');
  const ask = { path: 'task.onProgress', input: { taskId } } as const;
  const links = (['eventsource', 'undici'] as const).map(
    (make) => new LinkWatch(server.url, ask, { make, authorization }),
  );
  const plain = watchPlainly(`${server.url}/api/v1/sse/tasks/${taskId}/progress`, { authorization });
  try {
    for (const link of links) await eventually(() => expect(link.ids).toEqual(['2']));
    await eventually(() => expect(plain.received).toHaveLength(1));
    let appended = 2;
    // Two lives at least of each, with events in them and between them.
    await eventually(async () => {
      await task.log('one more');
      appended += 1;
      expect(await lifetimesOver()).toBeGreaterThanOrEqual(6);
    });
    await task.done();
    for (const link of links) await eventually(() => expect(link.ended).toBe(true));
    await eventually(() => expect(plain.received.at(-1)?.event).toBe('complete'));
    const seqs = Array.from({ length: appended - 1 }, (_, index) => index + 3);
    for (const { ids, observations } of links) {
      expect(ids).toEqual(['2', ...seqs.map(String)]);
      expect(observations.at(-1)).toEqual({ kind: 'complete' });
    }
    expect(plain.seqs()).toEqual(seqs);
    expect(plain.opened()).toBeGreaterThan(1);
  } finally {
    plain.source.close();
    await Promise.all(links.map((link) => link.leave()));
  }
});
