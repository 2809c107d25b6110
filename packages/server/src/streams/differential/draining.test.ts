import { eventually } from '@taskwire/test-kit/vitest';
import { expect, test } from 'vitest';
import { restarting } from '../../http/operations/health.ts';
import { startTask } from '../../testing/running-task.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import { log } from './testing/scenarios/drafts.ts';
import { differences } from './testing/comparing/differences.ts';
import { outlineOf } from './testing/comparing/outline.ts';
import { startPair } from './testing/scenarios/pair.ts';
import { RawSocket } from './testing/reading/raw-socket.ts';
import { watch, type Watchers } from './testing/reading/watchers.ts';

async function startAgain({ url, environment }: TestServer, backing: Parameters<typeof startTestServer>[0]) {
  return startTestServer(backing, { environment: { ...environment, port: Number(new URL(url).port) } });
}

/** Observations of a link, with one per time away: the number of its attempts in between does not matter. */
function withoutTries({ links }: Watchers) {
  return links.map(({ observations }) =>
    observations.filter(({ kind }, index) => kind !== 'state' || observations[index - 1]?.kind !== 'state'),
  );
}

test('a draining server says so; stock links come back to the next one and get every event once', async () => {
  const first = await startPair({ keepBacking: true });
  const { backing } = first;
  const task = await startTask(first.trpc, 'ada');
  const ask = { path: 'task.onProgress', input: { taskId: task.taskId } } as const;
  const settings = { token: (await first.trpc.as('ada')).authorization, withLinks: true };
  const [trpc, gateway] = [watch(first.trpc, ask, settings), watch(first.gateway, ask, settings)];
  const both = [trpc, gateway];
  for (const { raw, links } of both) {
    await eventually(() => expect(raw.text).toMatch(/^id: 2$/m));
    for (const link of links) await eventually(() => expect(link.ids).toEqual(['2']));
  }

  await first.stop();
  await eventually(() => expect(both.every(({ raw }) => raw.ended)).toBe(true));
  expect(outlineOf(trpc.raw.text)).toBe('connected | 2 snapshot | SERVICE_UNAVAILABLE (SERVICE_UNAVAILABLE)');
  expect(differences(trpc.raw.answer, gateway.raw.answer)).toEqual([]);

  const second = await Promise.all([startAgain(first.trpc, backing), startAgain(first.gateway, backing)]);
  try {
    const claim = await second[0].connections.eventLog.claim(task, 'another worker');
    if (!claim.claimed) throw new Error('the task cannot be taken');
    await claim.writer.append([{ type: 'done', output: { counted: 1 }, durationMs: 1 }]);
    for (const link of both.flatMap(({ links }) => links)) {
      await eventually(() => expect(link.ended).toBe(true));
      expect(link.ids).toEqual(['2', '3', '4']);
    }
    expect(withoutTries(gateway)).toEqual(withoutTries(trpc));
  } finally {
    await Promise.all([...both.map((watchers) => watchers.leave()), ...second.map((server) => server.stop())]);
    await backing.close();
  }
});

test('a stream that is requested while the server drains gets the same answer', async () => {
  const pair = await startPair();
  try {
    const task = await startTask(pair.trpc, 'ada');
    const servers = [pair.trpc, pair.gateway];
    for (const { connections } of servers) connections.eventLog.interrupt(restarting());
    const ask = { path: 'task.onProgress', input: { taskId: task.taskId } } as const;
    const settings = { token: (await pair.trpc.as('ada')).authorization, withLinks: false };
    const [trpc, gateway] = [watch(pair.trpc, ask, settings), watch(pair.gateway, ask, settings)];
    await eventually(() => expect([trpc.raw.ended, gateway.raw.ended]).toEqual([true, true]));
    expect(outlineOf(trpc.raw.text)).toBe('connected | SERVICE_UNAVAILABLE (SERVICE_UNAVAILABLE)');
    expect(differences(trpc.raw.answer, gateway.raw.answer)).toEqual([]);
    await Promise.all([trpc.leave(), gateway.leave()]);
  } finally {
    await pair.stop();
  }
});

test('a client that does not read is cut off, and does not delay the stop of a server', async () => {
  const pair = await startPair({ keepBacking: true, drainMs: 200 });
  const task = await startTask(pair.trpc, 'ada');
  const { authorization } = await pair.trpc.as('ada');
  const ask = { path: 'task.onProgress', input: { taskId: task.taskId } } as const;
  const sockets = [pair.trpc, pair.gateway].map(({ url }) => {
    const socket = new RawSocket(url);
    socket.ask(url, ask, { token: authorization, version: '1.1' });
    return socket;
  });
  for (const socket of sockets) await eventually(() => expect(socket.received).toMatch(/^id: 2$/m));
  for (const socket of sockets) socket.pause();
  const lines = Array.from({ length: 10 }, () => log('x'.repeat(100_000)));
  for (let batch = 0; batch < 20; batch += 1) await task.writer.append(lines);
  await pair.stop();
  for (const socket of sockets) socket.resume();
  for (const socket of sockets) await eventually(() => expect(socket.closed).toBe(true));
  for (const socket of sockets) expect(socket.received).not.toContain('event: return');
  await pair.backing.close();
});
