import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTaskwireClient, type TaskwireClient } from './index.ts';
import { FakeServer, countTask } from './testing/index.ts';

let server: FakeServer;
let client: TaskwireClient;
const init = vi.fn<(init: RequestInit | undefined) => void>();

beforeEach(async () => {
  server = await FakeServer.start({ isNested: true });
  init.mockClear();
  client = createTaskwireClient({
    url: `${server.url}/not-here`,
    trpcUrl: `${server.url}/trpc`,
    token: server.issueToken('ann'),
    procedurePath: 'taskwire',
    credentials: 'include',
    fetch: (input, given) => {
      init(given);
      return fetch(input, given);
    },
  });
});
afterEach(async () => {
  client.close();
  await server.close();
});

test('calls and streams reach a router that has Taskwire’s as one of its own', async () => {
  const { taskId } = await client.tasks.create(countTask, { to: 10 });
  const types: string[] = [];
  const watched = (async () => {
    for await (const { type } of client.watchTask(taskId, { task: countTask })) types.push(type);
  })();
  await vi.waitFor(() => expect(types).toEqual(['snapshot']), { timeout: 10_000 });
  server.ports.events.write(taskId, { type: 'done', output: { counted: 10 }, durationMs: 5 });
  await watched;
  expect(types).toEqual(['snapshot', 'done']);
  expect(client.procedurePath).toEqual(['taskwire']);
  expect((await client.kinds()).map(({ kind }) => kind)).toContain('demo.count');
});

test('every request carries the wish to send cookies', async () => {
  await client.tasks.list();
  const stream = client.watchAny()[Symbol.asyncIterator]();
  await stream.next();
  await stream.return?.();
  expect(init).toHaveBeenCalledTimes(2);
  for (const [given] of init.mock.calls) expect(given?.credentials).toBe('include');
});

test('a trpcUrl that is no URL is refused, with its name', () => {
  expect(() => createTaskwireClient({ url: server.url, trpcUrl: 'rpc' })).toThrow('trpcUrl: "rpc" is not a URL');
});
