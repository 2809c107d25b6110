import { taskMessageSchema, type TaskMessage } from '@taskwire/protocol';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { launchBrowser } from './browser.ts';
import { expectWhole } from './expect-whole.ts';
import { stockClient } from './stock-watchers.ts';
import { System } from './system.ts';

/** A page’s script: tRPC's own link, unmodified, over the browser's own EventSource. */
const PAGE_SCRIPT = `
  import { createTRPCClient, httpSubscriptionLink } from '@trpc/client';
  window.watched = { messages: [], connections: 0, failures: [], complete: false };
  window.watch = (taskId) =>
    createTRPCClient({ links: [httpSubscriptionLink({ url: '/trpc' })] }).task.onProgress.subscribe({ taskId }, {
      onStarted: () => (window.watched.connections += 1),
      onData: ({ data }) => window.watched.messages.push(data),
      onError: (error) => window.watched.failures.push(error.message),
      onComplete: () => (window.watched.complete = true),
    });
`;

interface Watched {
  messages: TaskMessage[];
  connections: number;
  failures: string[];
  complete: boolean;
}

let system: System;
let browser: Browser;
let script: string;
beforeAll(async () => {
  const bundle = build({
    stdin: { contents: PAGE_SCRIPT, resolveDir: import.meta.dirname },
    bundle: true,
    format: 'iife',
    platform: 'browser',
    write: false,
  });
  [system, browser] = await Promise.all([System.start(), launchBrowser()]);
  script = (await bundle).outputFiles[0]?.text ?? '';
});
afterAll(async () => {
  await browser.close();
  await system.stop();
});

async function openPage(token: string): Promise<Page> {
  const page = await browser.newPage();
  // The browser's own EventSource cannot send a token: whatever stands between page and server does.
  await page.setExtraHTTPHeaders({ authorization: `Bearer ${token}` });
  await page.goto(`${system.url}/healthz`);
  await page.evaluate(script);
  return page;
}

async function watchedOn(page: Page): Promise<Watched> {
  const watched = await page.evaluate<Watched>('window.watched');
  return { ...watched, messages: watched.messages.map((message) => taskMessageSchema.parse(message)) };
}

it('a browser’s own EventSource under tRPC’s own link watches a task to its end, and does not come back', async () => {
  const token = await system.token('alice');
  const page = await openPage(token);
  const { taskId } = await stockClient(system.url, token).task.create.mutate({
    kind: 'demo.count',
    input: { to: 20, everyMs: 100 },
  });
  await page.evaluate(`window.watch('${taskId}')`);
  await vi.waitFor(async () => expect((await watchedOn(page)).complete).toBe(true), { timeout: 60_000 });
  const { messages, connections, failures } = await watchedOn(page);
  expectWhole(messages);
  expect({ connections, failures }).toEqual({ connections: 1, failures: [] });
  await page.close();
});

it('a browser’s stream comes back by itself to an api that was stopped in the middle, and misses nothing', async () => {
  const token = await system.token('alice');
  const page = await openPage(token);
  const { taskId } = await stockClient(system.url, token).task.create.mutate({
    kind: 'demo.count',
    input: { to: 100, everyMs: 100 },
  });
  await page.evaluate(`window.watch('${taskId}')`);
  await vi.waitFor(async () => expect((await watchedOn(page)).messages.length).toBeGreaterThan(10), {
    timeout: 60_000,
  });
  await system.stopApi('SIGTERM');
  await system.startApi();
  await vi.waitFor(async () => expect((await watchedOn(page)).complete).toBe(true), { timeout: 60_000 });
  const { messages, connections, failures } = await watchedOn(page);
  expectWhole(messages);
  expect(failures).toEqual([]);
  expect(connections).toBeGreaterThanOrEqual(2);
  await page.close();
});
