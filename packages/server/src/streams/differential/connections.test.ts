import { eventually } from '@taskwire/test-kit/vitest';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startTask } from '../../testing/running-task.ts';
import type { TestServer } from '../../testing/test-server.ts';
import { differences, unlikeMessages } from './testing/comparing/differences.ts';
import { log, progress, token } from './testing/scenarios/drafts.ts';
import { framesOf } from './testing/comparing/merged.ts';
import { startPair, type Pair } from './testing/scenarios/pair.ts';
import { RawSocket, splitAnswer } from './testing/reading/raw-socket.ts';
import { readStream } from './testing/reading/stream-text.ts';
import { watch, type Watchers } from './testing/reading/watchers.ts';

let pair: Pair;
const sockets: RawSocket[] = [];
beforeAll(async () => {
  pair = await startPair();
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});
afterAll(() => pair.stop());

async function askBoth(taskId: string, version: '1.0' | '1.1'): Promise<{ trpc: RawSocket; gateway: RawSocket }> {
  const { authorization } = await pair.trpc.as('ada');
  const open = ({ url }: TestServer) => {
    const socket = new RawSocket(url);
    sockets.push(socket);
    socket.ask(url, { path: 'task.onProgress', input: { taskId } }, { token: authorization, version });
    return socket;
  };
  return { trpc: open(pair.trpc), gateway: open(pair.gateway) };
}

test('a client of HTTP 1.0, which knows no chunks, gets the bare stream and then the end of its connection', async () => {
  const task = await startTask(pair.trpc, 'ada');
  const { trpc, gateway } = await askBoth(task.taskId, '1.0');
  for (const socket of [trpc, gateway]) await eventually(() => expect(socket.received).toMatch(/^id: 2$/m));
  await task.done();
  for (const socket of [trpc, gateway]) await eventually(() => expect(socket.closed).toBe(true));
  const [one, other] = [splitAnswer(trpc.received), splitAnswer(gateway.received)];
  expect(other.head).toEqual(one.head);
  expect(one.body).toMatch(/^event: connected\n[^]*event: return\ndata: \n\n\n$/);
  expect(readStream(other.body).text).toBe(one.body);
});

/** Matches `count` answers, each with the end of a stream and the end of its chunks. */
const answers = (count: number) =>
  new RegExp(`^(?:HTTP/1.1 200 OK\\r\\n[^]*?event: return\\n[^]*?\\r\\n0\\r\\n\\r\\n){${count}}$`);

test('a connection on which a stream has ended serves the next request', async () => {
  const task = await startTask(pair.trpc, 'ada');
  await task.done();
  const { trpc, gateway } = await askBoth(task.taskId, '1.1');
  const { authorization } = await pair.trpc.as('ada');
  const again = { path: 'task.onProgress', input: { taskId: task.taskId, lastEventId: '1' } } as const;
  for (const [socket, { url }] of [
    [trpc, pair.trpc],
    [gateway, pair.gateway],
  ] as const) {
    await eventually(() => expect(socket.received).toMatch(answers(1)));
    socket.ask(url, again, { token: authorization, version: '1.1' });
    await eventually(() => expect(socket.received).toMatch(answers(2)));
    expect(socket.closed).toBe(false);
  }
});

test('requests sent before the first stream has ended are answered one after the other', async () => {
  const task = await startTask(pair.trpc, 'ada');
  const { trpc, gateway } = await askBoth(task.taskId, '1.1');
  const { authorization } = await pair.trpc.as('ada');
  const again = { path: 'task.onProgress', input: { taskId: task.taskId } } as const;
  trpc.ask(pair.trpc.url, again, { token: authorization, version: '1.1' });
  gateway.ask(pair.gateway.url, again, { token: authorization, version: '1.1' });
  for (const socket of [trpc, gateway]) await eventually(() => expect(socket.received).toMatch(/^id: 2$/m));
  await task.done();
  for (const socket of [trpc, gateway]) {
    await eventually(() => expect(socket.received).toMatch(answers(2)));
    expect(socket.received.match(/^id: \d+$/gm)?.slice(0, 2)).toEqual(['id: 2', 'id: 3']);
  }
});

test('watchers that come at any time while many events flow get every event after their cursor', async () => {
  const task = await startTask(pair.trpc, 'ada');
  const token = (await pair.trpc.as('ada')).authorization;
  const watchers: { trpc: Watchers; gateway: Watchers }[] = [];
  for (let batch = 0; batch < 12; batch += 1) {
    const ask = { path: 'task.onProgress', input: { taskId: task.taskId, lastEventId: String(batch) } } as const;
    const [trpc, gateway] = [pair.trpc, pair.gateway].map((server) => watch(server, ask, { token, withLinks: false }));
    if (trpc !== undefined && gateway !== undefined) watchers.push({ trpc, gateway });
    for (let part = 0; part < 5; part += 1) await task.writer.append([progress(part), progress(part), log('line')]);
  }
  await task.done();
  for (const { trpc, gateway } of watchers) {
    await eventually(() => expect([trpc.raw.ended, gateway.raw.ended]).toEqual([true, true]));
    expect(differences(trpc.raw.answer, gateway.raw.answer, { merging: true })).toEqual([]);
    await Promise.all([trpc.leave(), gateway.leave()]);
  }
});

test('a client that stops reading for a while gets everything when it reads again, and delays no other', async () => {
  const task = await startTask(pair.trpc, 'ada');
  const { trpc, gateway } = await askBoth(task.taskId, '1.0');
  const both = [trpc, gateway];
  for (const socket of both) await eventually(() => expect(socket.received).toMatch(/^id: 2$/m));
  for (const socket of both) socket.pause();
  const { authorization } = await pair.trpc.as('ada');
  const others = [pair.trpc, pair.gateway].map((server) =>
    watch(
      server,
      { path: 'task.onProgress', input: { taskId: task.taskId } },
      { token: authorization, withLinks: true },
    ),
  );
  const line = 'x'.repeat(100_000);
  for (let batch = 0; batch < 30; batch += 1) {
    const first = batch * 10;
    const tokens = Array.from({ length: 10 }, (_each, index) => token('y', first + index));
    await task.writer.append([...Array.from({ length: 8 }, () => log(line)), ...tokens, progress(1), progress(2)]);
  }
  await task.done();
  for (const { raw, links } of others) {
    await eventually(() => expect([raw, ...links].every((other) => other.ended)).toBe(true));
  }
  await Promise.all(others.map((other) => other.leave()));
  for (const socket of both) socket.resume();
  for (const socket of both) await eventually(() => expect(socket.closed).toBe(true));
  const [one, other] = both.map(({ received }) => framesOf(readStream(splitAnswer(received).body).text));
  expect(one?.map(({ id }) => id).slice(-2)).toEqual(['603', undefined]);
  expect(unlikeMessages(one ?? [], other ?? [])).toEqual([]);
}, 120_000);

test('the gateway forgets a watcher that leaves', async () => {
  const task = await startTask(pair.trpc, 'ada');
  const servers = [pair.trpc, pair.gateway];
  const settings = { token: (await pair.trpc.as('ada')).authorization, withLinks: true };
  const watchersOf = (server: TestServer) => [
    watch(server, { path: 'task.onProgress', input: { taskId: task.taskId } }, settings),
    watch(server, { path: 'project.onProgress', input: { projectId: task.projectId } }, settings),
    watch(server, { path: 'task.onAny' }, settings),
  ];
  const watchers = servers.flatMap(watchersOf);
  for (const { raw, links } of watchers) {
    await eventually(() => expect(raw.text).toMatch(/^id: \d+$/m));
    for (const link of links) await eventually(() => expect(link.ids).toHaveLength(1));
  }
  for (const { connections } of servers) expect(connections.eventLog.statistics.watchedTopics).toBe(2);
  await Promise.all(watchers.map((each) => each.leave()));
  // Other clients leave before their first message.
  for (const watcher of servers.flatMap(watchersOf)) await watcher.leave();
  for (const { connections } of servers) {
    await eventually(() => expect(connections.eventLog.statistics.watchedTasks).toBe(0));
    await eventually(() => expect(connections.eventLog.statistics.watchedTopics).toBe(0));
  }
});
