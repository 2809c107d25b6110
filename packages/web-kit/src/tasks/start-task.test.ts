import { createTaskwireClient } from '@taskwire/client';
import { FakeServer } from '@taskwire/client/testing';
import { Window } from 'happy-dom';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createWebPage, type WebPage } from '../page/web-page.ts';
import { documentIngest } from './known-tasks.ts';
import { ingestFile, newRequestKey, type IngestState } from './start-task.ts';

const file = new File(['text'], 'a.txt', { type: 'text/plain' });
let server: FakeServer;
let page: WebPage;
let states: IngestState[];

beforeEach(async () => {
  server = await FakeServer.start();
  vi.stubGlobal('window', new Window({ url: 'http://127.0.0.1:4000/' }));
  page = createWebPage(window, createTaskwireClient);
  states = [];
});

afterEach(async () => {
  page.close();
  vi.unstubAllGlobals();
  await server.close();
});

async function ingest(token: string, signal = new AbortController().signal): Promise<void> {
  const client = createTaskwireClient({ url: server.url, token });
  await ingestFile(file, {
    client,
    create: (input, options) => client.tasks.create(documentIngest, input, options),
    page,
    signal,
    onChange: (state) => states.push(state),
  });
  client.close();
}

it('a start reports its phases, remembers the file name, and opens the page of the task', async () => {
  await ingest(server.issueToken('ann'));
  expect(states.map(({ phase }) => phase)).toEqual(['uploading', 'creating', 'idle']);
  const [taskId = ''] = server.ports.storedTasks.keys();
  expect(window.location.hash).toBe(`#/tasks/${taskId}`);
  expect(page.titles.find(taskId)).toBe('a.txt');
});

it('a refused upload is reported as an error, and creates no task', async () => {
  await ingest('unknown');
  expect(states.at(-1)).toMatchObject({ phase: 'idle', error: { code: 'UNAUTHENTICATED' } });
  expect(server.ports.storedTasks.size).toBe(0);
});

it('an aborted upload reports no error, and opens no page', async () => {
  await ingest(server.issueToken('ann'), AbortSignal.abort());
  expect(states.at(-1)).toEqual({ phase: 'idle', error: undefined });
  expect(window.location.hash).toBe('');
});

it('two request keys differ', () => {
  expect(newRequestKey()).not.toBe(newRequestKey());
});
