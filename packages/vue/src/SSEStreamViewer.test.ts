import { createTaskwireClient, type TaskwireClient } from '@taskwire/client';
import { FakeServer, countTask } from '@taskwire/client/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSSRApp, h } from 'vue';
import { renderToString } from 'vue/server-renderer';
import { SSEStreamViewer, createTaskwire } from './index.ts';

let server: FakeServer;
let client: TaskwireClient;
let taskId: string;
let leave: () => void;

/** A running task whose state the client already has, because a page that is rendered once shows only that state. */
beforeEach(async () => {
  server = await FakeServer.start();
  client = createTaskwireClient({ url: server.url, token: server.issueToken('ann') });
  ({ taskId } = await client.tasks.create(countTask, { to: 10 }));
  server.ports.events.write(taskId, { type: 'started', workerId: 'worker' });
  server.ports.events.write(taskId, { type: 'stage', stage: 'count', status: 'running', weight: 1 });
  server.ports.events.write(taskId, { type: 'progress', stage: 'count', current: 5, total: 10, percent: 50 });
  server.ports.events.write(taskId, { type: 'log', level: 'warn', message: 'half of it <b>only</b>' });
  const store = client.taskStore(taskId);
  leave = store.subscribe(() => undefined);
  await vi.waitFor(() => expect(store.getSnapshot().connection).toBe('live'));
});

afterEach(async () => {
  leave();
  client.close();
  await server.close();
});

/** Renders a page with a viewer; `emitted` receives the names of the viewer's events. */
function render(
  properties: { autoConnect?: boolean; showLogs?: boolean } = {},
  emitted: string[] = [],
): Promise<string> {
  const listeners = { onConnected: () => emitted.push('connected'), onDone: () => emitted.push('done') };
  const app = createSSRApp({ render: () => h(SSEStreamViewer, { taskId, ...listeners, ...properties }) });
  return renderToString(app.use(createTaskwire(client)));
}

describe('SSEStreamViewer', () => {
  it('shows each stage with its state, percent and count', async () => {
    const html = await render();
    expect(html).toMatch(/data-testid="stage-count" data-status="running"/);
    expect(html).toMatch(/50%.*5 of 10/s);
  });

  it('shows log lines as text, not as markup', async () => {
    expect(await render()).toContain('half of it &lt;b&gt;only&lt;/b&gt;');
  });

  it('shows no log if showLogs is off', async () => {
    expect(await render({ showLogs: false })).not.toContain('half of it');
  });

  it('emits `connected` to its parent', async () => {
    const emitted: string[] = [];
    await render({}, emitted);
    expect(emitted).toEqual(['connected']);
  });

  it('does not watch before `connect()` if autoConnect is off', async () => {
    leave();
    await vi.waitFor(() => expect(server.openStreams).toBe(0));
    const emitted: string[] = [];
    await render({ autoConnect: false }, emitted);
    expect([emitted, server.openStreams]).toEqual([[], 0]);
  });

  it('closes its stream when it is removed', async () => {
    leave();
    await render();
    await vi.waitFor(() => expect(server.openStreams).toBe(0));
  });

  it('shows a running stage as stopped once the task has ended', async () => {
    server.ports.events.write(taskId, { type: 'canceled' });
    await vi.waitFor(() => expect(client.taskStore(taskId).getSnapshot().connection).toBe('ended'));
    expect(await render()).toMatch(/data-status="stopped"/);
  });
});
