import { countTask } from '@taskwire/client/testing';
import { expect, test } from 'vitest';
import { documentIngest } from '../tasks/known-tasks.ts';
import { appOfEachTest, byTestId, settled, type AppUnderTest, type ShowApp } from './app-of-each-test.ts';

/** Opens the page of ann's task after a worker has started it. */
async function openStarted({ page, server }: AppUnderTest, taskId: string): Promise<void> {
  server.ports.events.write(taskId, { type: 'started', workerId: 'worker' });
  page.route.go({ page: 'task', taskId, query: '' });
  await settled(() => expect(byTestId('task-status')?.textContent).toContain('Running'));
}

/** Opens the page of a started `demo.count`. */
async function openTask(app: AppUnderTest): Promise<string> {
  const { taskId } = await app.page.clients.getSnapshot().tasks.create(countTask, { to: 10 });
  await openStarted(app, taskId);
  return taskId;
}

/** Opens the page of a started `document.ingest`. `end` is its failure, to be written by the test. */
async function openIngestion(app: AppUnderTest) {
  const { uploadId } = app.server.ports.addUpload('ann');
  const { taskId } = await app.page.clients.getSnapshot().tasks.create(documentIngest, { uploadId });
  await openStarted(app, taskId);
  return { taskId, end: { type: 'error', code: 'DOCUMENT_EMPTY', message: 'no text' } as const };
}

/** Tests how the page of a task runs the task again, and how it shows lost steps. */
export function testTaskPage(show: ShowApp): void {
  const app = appOfEachTest(show);

  test.each([
    ['failed', { type: 'error', code: 'HANDLER_FAILED', message: 'out of numbers' }],
    ['was canceled', { type: 'canceled' }],
    ['is done', { type: 'done', output: { counted: 10 }, durationMs: 5 }],
  ] as const)('a task that %s can be run again; the page of the new task links to the old task', async (_how, end) => {
    const taskId = await openTask(app);
    expect(byTestId('run-again')).toBeNull();
    app.server.ports.events.write(taskId, end);
    await settled(() => expect(byTestId('run-again')).not.toBeNull());
    expect(byTestId('cancel-task')).toBeNull();
    expect(byTestId('retry-of')).toBeNull();
    byTestId('run-again')?.click();
    byTestId('run-again')?.click();
    await settled(() => expect(byTestId('retry-of')?.getAttribute('href')).toBe(`#/tasks/${taskId}`));
    expect(window.location.hash).toMatch(/^#\/tasks\//);
    expect(window.location.hash).not.toContain(taskId);
    expect(byTestId('task-status')?.textContent).toContain('Queued');
    expect(app.server.ports.storedTasks.size).toBe(2);
  });

  test('a task whose file is gone shows the reason in place of the button “Run again”', async () => {
    const { taskId, end } = await openIngestion(app);
    app.server.ports.storedUploads.clear();
    app.server.ports.events.write(taskId, end);
    await settled(() =>
      expect(byTestId('run-again-refusal')?.textContent.trim()).toBe(
        'Cannot run again: its file is gone; upload it again.',
      ),
    );
    expect(byTestId('run-again')).toBeNull();
  });

  test('if the file is deleted after the page was opened, a click on “Run again” shows the reason', async () => {
    const { taskId, end } = await openIngestion(app);
    app.server.ports.events.write(taskId, end);
    await settled(() => expect(byTestId('run-again')).not.toBeNull());
    app.server.ports.storedUploads.clear();
    byTestId('run-again')?.click();
    await settled(() =>
      expect(byTestId('run-again-refusal')?.textContent.trim()).toBe(
        'Cannot run again: its file is gone; upload it again.',
      ),
    );
    expect(byTestId('run-again')).toBeNull();
    expect(document.body.textContent).not.toContain('POST');
  });

  test('the refusal of the server replaces the button “Run again”', async () => {
    const taskId = await openTask(app);
    app.server.ports.events.write(taskId, { type: 'canceled' });
    await settled(() => expect(byTestId('run-again')).not.toBeNull());
    const stored = app.server.ports.storedTasks.get(taskId);
    if (stored !== undefined) app.server.ports.storedTasks.set(taskId, { ...stored, input: { to: 0 } });
    byTestId('run-again')?.click();
    await settled(() => expect(byTestId('run-again-refusal')?.textContent).toContain('input.to'));
    expect(byTestId('run-again')).toBeNull();
  });

  test('a gap in the events is shown', async () => {
    const taskId = await openTask(app);
    const { events } = app.server.ports;
    expect(document.body.textContent).not.toContain('could not be recovered');
    events.tamper = () => [
      { type: 'snapshot', ...events.snapshotNow(taskId), gap: { from: 3, to: 17_953_134_328_092 } },
    ];
    events.write(taskId, { type: 'log', level: 'info', message: 'x' });
    await settled(() => expect(document.body.textContent).toContain('Some steps could not be recovered'));
  });
}
