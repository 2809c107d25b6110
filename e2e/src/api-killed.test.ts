import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { expectWhole } from './expect-whole.ts';
import { stockClient, watchByEventSource, watchByStockLink } from './stock-watchers.ts';
import { System } from './system.ts';

let system: System;
beforeAll(async () => {
  system = await System.start();
});
afterAll(async () => {
  await system.stop();
});

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
