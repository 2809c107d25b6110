import type { TaskMessage } from '@taskwire/protocol';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { stockClient, watchByEventSource, watchByStockLink } from './stock-watchers.ts';
import { System } from './system.ts';

let system: System;
beforeAll(async () => {
  system = await System.start();
});
afterAll(async () => {
  await system.stop();
});

/** Every event from the first message on, once and in order, up to the terminal one. */
function expectWhole(messages: readonly TaskMessage[]): void {
  const [first, ...events] = messages;
  expect(first?.type).toBe('snapshot');
  const begin = first?.seq ?? 0;
  expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => begin + index + 1));
  expect(events.filter((event) => event.type === 'snapshot')).toEqual([]);
  expect(events.at(-1)?.type).toBe('done');
}

it.each(['SIGKILL', 'SIGTERM'] as const)(
  'gives stock clients every event once and in order when the api is stopped by %s in the middle and started again',
  async (signal) => {
    const token = await system.token('alice');
    const client = stockClient(system.url, token);
    const { taskId } = await client.task.create.mutate({ kind: 'demo.count', input: { to: 80, everyMs: 100 } });
    const watchers = [watchByStockLink(client, taskId), watchByEventSource(system.url, token, taskId)];
    await vi.waitFor(() => watchers.forEach((each) => expect(each.messages.length).toBeGreaterThan(10)), {
      timeout: 30_000,
    });

    const status = await system.stopApi(signal);
    expect(status).toBe(signal === 'SIGTERM' ? 0 : null);
    await system.startApi();

    await Promise.all(watchers.map((each) => each.ended));
    for (const watcher of watchers) {
      expectWhole(watcher.messages);
      expect(watcher.connections).toBeGreaterThanOrEqual(2);
    }
    expect(watchers[0]?.messages.at(-1)).toEqual(watchers[1]?.messages.at(-1));
  },
  60_000,
);

it('prints no token in its logs', async () => {
  expect(system.output).not.toContain(await system.token('alice'));
  expect(system.output).not.toMatch(/Bearer [A-Za-z0-9]/);
});
