import { createTaskwireClient, type NamedSelection, type TaskwireClient } from '@taskwire/client';
import { FakeServer, countTask, resizeTask } from '@taskwire/client/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSSRApp, h } from 'vue';
import { renderToString } from 'vue/server-renderer';
import { SSEStreamViewer, createTaskwire } from './index.ts';

const UNKNOWN_ID = '7e0ab0b5-3b8f-4c9e-9b43-6f8f0f2a4b11';

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

interface Properties {
  taskId?: string | undefined;
  task?: NamedSelection;
  autoConnect?: boolean;
  showLogs?: boolean;
  showStatus?: boolean;
}

interface Watcher {
  /** Receives the names of the viewer's events. */
  emitted?: string[];
  /** Holds the page back until it does not throw. */
  until?: () => void;
}

/** Renders a page with a viewer. Its root is a function, which no mixin holds back. */
function render(properties: Properties = {}, { emitted = [], until }: Watcher = {}): Promise<string> {
  const listeners = {
    onConnected: () => emitted.push('connected'),
    onDone: () => emitted.push('done'),
    onError: ({ code }: { code: string }) => emitted.push(code),
  };
  const app = createSSRApp(() => h(SSEStreamViewer, { taskId, ...listeners, ...properties }));
  if (until !== undefined) app.mixin({ serverPrefetch: () => vi.waitFor(until) });
  return renderToString(app.use(createTaskwire(client)));
}

/** The text of a page without styles. */
function textOf(html: string): string {
  return html.replace(/<!--.*?-->|<[^>]*>/gs, '').replace(/\s+/g, ' ');
}

describe('SSEStreamViewer', () => {
  it('shows each stage with its state, percent and count', async () => {
    const html = await render();
    expect(html).toMatch(/data-testid="stage-count" data-status="running"/);
    expect(html).toMatch(/50%.*5 of 10/s);
  });

  it('separates its texts by spaces', async () => {
    expect(textOf(await render())).toMatch(/Count: running 50% 5 of 10 100% of the work.*:\d\d half of it/);
  });

  it('shows log lines as text, not as markup', async () => {
    expect(await render()).toContain('half of it &lt;b&gt;only&lt;/b&gt;');
  });

  it('shows no log if showLogs is off', async () => {
    expect(await render({ showLogs: false })).not.toContain('half of it');
  });

  it('says nothing of the connection while it is live', async () => {
    expect(await render()).not.toMatch(/role="(status|alert)"/);
  });

  it('says that it is not live while the server is away', async () => {
    await server.close();
    await vi.waitFor(() => expect(client.taskStore(taskId).getSnapshot().connection).toBe('reconnecting'));
    expect(await render()).toMatch(/role="status">Not live, reconnecting …/);
  });

  it('says that it is not connected before `connect()`', async () => {
    leave();
    expect(await render({ autoConnect: false })).toMatch(/role="status">Not connected\./);
  });

  it('shows nothing while there is no task', async () => {
    expect(textOf(await render({ taskId: undefined })).trim()).toBe('');
  });

  it.each([
    ['its id is unknown', { taskId: UNKNOWN_ID }, 'NOT_FOUND'],
    ['it is of another kind', { task: resizeTask }, 'INVALID_INPUT'],
  ])('shows why it cannot watch a task, if %s', async (_case, properties, code) => {
    const emitted: string[] = [];
    const html = await render(properties, { emitted, until: () => expect(emitted).toEqual([code]) });
    expect(html).toMatch(/role="alert">[^<]+</);
    expect(html).not.toContain('Nothing logged yet.');
  });

  it('shows the error of a failed task, unless its status is off', async () => {
    server.ports.events.write(taskId, { type: 'error', code: 'NO_LUCK', message: 'no luck today' });
    await vi.waitFor(() => expect(client.taskStore(taskId).getSnapshot().connection).toBe('ended'));
    expect(await render()).toContain('role="alert">no luck today');
    expect(await render({ showStatus: false })).not.toContain('no luck today');
  });

  it('emits `connected` to its parent', async () => {
    const emitted: string[] = [];
    await render({}, { emitted });
    expect(emitted).toEqual(['connected']);
  });

  it('does not watch before `connect()` if autoConnect is off', async () => {
    leave();
    await vi.waitFor(() => expect(server.openStreams).toBe(0));
    const emitted: string[] = [];
    await render({ autoConnect: false }, { emitted });
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
