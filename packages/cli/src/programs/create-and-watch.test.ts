import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { createTaskwireClient, taskKind } from '@taskwire/client';
import { FakeServer, countTask, resizeTask } from '@taskwire/client/testing';
import type { TaskEventDraft } from '@taskwire/protocol';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  TaskEndError,
  createTask,
  createAndWatchTask,
  uploadFile,
  watchTask,
  type CreateAndWatchOptions,
} from '../index.ts';

let server: FakeServer;
let options: CreateAndWatchOptions;
let shown: string;
beforeEach(async () => {
  server = await FakeServer.start({ tasks: [countTask, resizeTask] });
  shown = '';
  const progress = new Writable({
    write(chunk: Buffer, _encoding, done) {
      shown += chunk.toString();
      done();
    },
  });
  options = { url: server.url, token: server.issueToken('ann'), progress };
});
afterEach(() => server.close());

function everyTaskDoes(...events: TaskEventDraft[]): void {
  server.ports.onEnqueue = ({ taskId }) => events.forEach((event) => server.ports.events.write(taskId, event));
}

test('createAndWatchTask shows the task and returns its output', async () => {
  everyTaskDoes({ type: 'started', workerId: 'w' }, { type: 'done', output: { counted: 3 }, durationMs: 5 });
  const { counted } = await createAndWatchTask(countTask, { to: 3 }, { ...options, request: { priority: 1 } });
  expect(counted).toBe(3);
  expect(shown).toContain('done');
});

test('a task that fails or is canceled is a TaskEndError with its code', async () => {
  everyTaskDoes({ type: 'error', code: 'NO_LUCK', message: 'no luck' });
  await expect(createAndWatchTask(countTask, {}, options)).rejects.toMatchObject({ code: 'NO_LUCK', status: 'error' });
  everyTaskDoes({ type: 'canceled' });
  await expect(createAndWatchTask(countTask, {}, options)).rejects.toBeInstanceOf(TaskEndError);
});

test('an end that is stored after its message is waited for', async () => {
  const client = createTaskwireClient({ url: server.url, token: server.issueToken('ann') });
  const { taskId } = await createTask(countTask, { to: 3 }, { client });
  const unfinished = await client.tasks.get(taskId);
  const get = vi.spyOn(client.tasks, 'get').mockResolvedValueOnce(unfinished);
  server.ports.events.write(taskId, { type: 'done', output: { counted: 3 }, durationMs: 5 });
  expect((await watchTask(countTask, taskId, { ...options, client })).counted).toBe(3);
  expect(get).toHaveBeenCalledTimes(2);
  client.close();
});

test('an output that does not fit the definition is a TaskEndError', async () => {
  everyTaskDoes({ type: 'done', output: { counted: 'three' }, durationMs: 5 });
  await expect(createAndWatchTask(countTask, {}, options)).rejects.toMatchObject({
    code: 'OUTPUT_UNREADABLE',
    status: 'done',
  });
});

test('an input that does not fit is refused with its field, before anything is sent', async () => {
  await expect(
    createAndWatchTask(countTask, { to: 0 }, { ...options, url: 'http://127.0.0.1:9' }),
  ).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    fields: [{ path: 'input.to' }],
  });
});

test('uploadFile gives the id that an input takes, and watchTask follows a task of createTask', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'taskwire-programs-'));
  await writeFile(join(folder, 'a.png'), 'png');
  const image = await uploadFile(join(folder, 'a.png'), options);
  await rm(folder, { recursive: true });
  const resize = taskKind<typeof resizeTask>('image.resize');
  const { taskId } = await createTask(resize, { image, widths: [80] }, options);
  server.ports.events.write(taskId, { type: 'done', output: { files: ['80.png'] }, durationMs: 5 });
  expect((await watchTask(resize, taskId, options)).files).toEqual(['80.png']);
});

test('a signal ends the watch and leaves the task running', async () => {
  const { taskId } = await createTask(countTask, {}, options);
  const watched = watchTask(countTask, taskId, { ...options, signal: AbortSignal.timeout(50) });
  await expect(watched).rejects.toThrow(/timeout|aborted/i);
  expect(server.ports.storedTasks.get(taskId)?.status).toBe('queued');
});

test('a signal that has aborted before leaves no task behind', async () => {
  const signal = AbortSignal.abort(new Error('not now'));
  await expect(createAndWatchTask(countTask, {}, { ...options, signal })).rejects.toThrow('not now');
  expect(server.ports.storedTasks.size).toBe(0);
});
