import { createTaskwireClient } from '@taskwire/client';
import { defineTask } from '@taskwire/tasks';
import { afterAll, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { createFakeServer } from '../index.ts';

// Classes of happy-dom, as a page's test has them. They stand before the client is loaded, whose classes extend them.
const CLASSES = vi.hoisted(() => ['EventTarget', 'Event', 'MessageEvent', 'FormData', 'Blob', 'File'] as const);
const page = await vi.hoisted(async () => {
  const { Window } = await import('happy-dom');
  const window = new Window();
  for (const name of CLASSES) vi.stubGlobal(name, window[name]);
  return window;
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await page.happyDOM.close();
});

const count = defineTask({
  kind: 'number.count',
  input: z.object({ to: z.int() }),
  output: z.object({ counted: z.int() }),
  stages: [{ name: 'count', weight: 1 }],
});

it('streams every event once to a page in happy-dom, over cut streams', async () => {
  const server = createFakeServer({ tasks: [count] });
  const client = createTaskwireClient({ url: server.url, token: server.token, fetch: server.fetch });
  const task = await server.createTask(count, { to: 3 });
  const seen: string[] = [];
  for await (const message of client.watchTask(task.taskId, { task: count })) {
    seen.push(message.type);
    if (message.type === 'snapshot') task.progress('count', { current: 1, total: 2 });
    if (message.type === 'progress' && message.current === 1) {
      server.cutStreams();
      task.progress('count', { current: 2, total: 2 }).done({ counted: 3 });
    }
  }
  client.close();
  expect(seen).toEqual(['snapshot', 'started', 'stage', 'progress', 'progress', 'done']);
});

it('takes a file that a page uploads by the form and file of its DOM', async () => {
  const server = createFakeServer({ tasks: [count] });
  const client = createTaskwireClient({ url: server.url, token: server.token, fetch: server.fetch });
  const uploaded = await client.upload(new File(['four'], 'grüße.txt', { type: 'text/plain' }));
  client.close();
  expect(uploaded).toMatchObject({ fileName: 'grüße.txt', mediaType: 'text/plain', sizeBytes: 4 });
});
