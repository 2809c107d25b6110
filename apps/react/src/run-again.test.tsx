import { createTaskwireClient } from '@taskwire/client';
import { FakeServer } from '@taskwire/client/testing';
import { createWebPage, type WebPage } from '@taskwire/web-kit';
import { Window } from 'happy-dom';
import type { Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { App } from './app.tsx';
import { PageContext } from './page-context.ts';

let server: FakeServer;
let browser: Window;
let page: WebPage;
let root: Root;

beforeEach(async () => {
  server = await FakeServer.start();
  browser = new Window({ url: 'http://127.0.0.1:4000/' });
  vi.stubGlobal('window', browser);
  vi.stubGlobal('document', browser.document);
  vi.stubGlobal('navigator', browser.navigator);
  page = createWebPage(window, (settings) => createTaskwireClient({ ...settings, url: server.url }));
  page.session.signIn({ token: server.issueToken('ann'), name: 'Ann' });
  const { createRoot } = await import('react-dom/client');
  root = createRoot(document.body.appendChild(document.createElement('div')));
  root.render(
    <PageContext value={page}>
      <App />
    </PageContext>,
  );
});
afterEach(async () => {
  root.unmount();
  page.close();
  await server.close();
  await browser.happyDOM.close();
  vi.unstubAllGlobals();
});

const WAIT = { timeout: 10_000 };
const byTestId = (id: string) => document.querySelector<HTMLElement>(`[data-testid="${id}"]`);
const settled = (check: () => void) => vi.waitFor(check, WAIT);

/** Opens the page of a task of ann's that has been started. */
async function openTask(): Promise<string> {
  const { taskId } = await page.clients.getSnapshot().createTask({ kind: 'demo.count', input: { to: 10 } });
  server.ports.events.write(taskId, { type: 'started', workerId: 'worker' });
  page.route.go({ page: 'task', taskId, query: '' });
  await settled(() => expect(byTestId('task-status')?.textContent).toContain('Running'));
  return taskId;
}

/** Opens the page of a task of ann's that reads a file. */
async function openIngestion() {
  const { uploadId } = server.ports.addUpload('ann');
  const { taskId } = await page.clients.getSnapshot().createTask({ kind: 'document.ingest', input: { uploadId } });
  server.ports.events.write(taskId, { type: 'started', workerId: 'worker' });
  page.route.go({ page: 'task', taskId, query: '' });
  await settled(() => expect(byTestId('task-status')?.textContent).toContain('Running'));
  return { taskId, end: { type: 'error', code: 'DOCUMENT_EMPTY', message: 'no text' } as const };
}

test.each([
  ['failed', { type: 'error', code: 'HANDLER_FAILED', message: 'out of numbers' }],
  ['was canceled', { type: 'canceled' }],
  ['is done', { type: 'done', output: { counted: 10 }, durationMs: 5 }],
] as const)('a task that %s can be run again, which opens the new task with a link to the old', async (_how, end) => {
  const taskId = await openTask();
  expect(byTestId('run-again')).toBeNull();
  server.ports.events.write(taskId, end);
  await settled(() => expect(byTestId('run-again')).not.toBeNull());
  expect(byTestId('cancel-task')).toBeNull();
  expect(byTestId('retry-of')).toBeNull();
  byTestId('run-again')?.click();
  byTestId('run-again')?.click();
  await settled(() => expect(byTestId('retry-of')?.getAttribute('href')).toBe(`#/tasks/${taskId}`));
  expect(window.location.hash).toMatch(/^#\/tasks\//);
  expect(window.location.hash).not.toContain(taskId);
  expect(byTestId('task-status')?.textContent).toContain('Queued');
  expect(server.ports.storedTasks.size).toBe(2);
});

test('a task whose file is gone is not offered to run again: the page says why', async () => {
  const { taskId, end } = await openIngestion();
  server.ports.storedUploads.clear();
  server.ports.events.write(taskId, end);
  await settled(() =>
    expect(byTestId('run-again-refusal')?.textContent.trim()).toBe(
      'Cannot run again: its file is gone; upload it again.',
    ),
  );
  expect(byTestId('run-again')).toBeNull();
});

test('what the server says against it is shown, and the button stays', async () => {
  const taskId = await openTask();
  server.ports.events.write(taskId, { type: 'canceled' });
  await settled(() => expect(byTestId('run-again')).not.toBeNull());
  const stored = server.ports.storedTasks.get(taskId);
  if (stored !== undefined) server.ports.storedTasks.set(taskId, { ...stored, input: { to: 0 } });
  byTestId('run-again')?.click();
  await settled(() => expect(document.querySelector('[role="alert"]')?.textContent).toContain('input.to'));
  expect(byTestId('run-again')?.textContent).toBe('Run again');
});

test('steps that could not be recovered are told of', async () => {
  const taskId = await openTask();
  const { events } = server.ports;
  expect(document.body.textContent).not.toContain('could not be recovered');
  events.tamper = () => [{ type: 'snapshot', ...events.snapshotNow(taskId), gap: { from: 3, to: 17_953_134_328_092 } }];
  events.write(taskId, { type: 'log', level: 'info', message: 'x' });
  await settled(() => expect(document.body.textContent).toContain('Some steps could not be recovered'));
});
