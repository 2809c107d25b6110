import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '@taskwire/test-kit/vitest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileForm } from '../testing/form.ts';
import { startTask } from '../testing/running-task.ts';
import { createBacking, startTestServer, type Backing, type TestServer } from '../testing/test-server.ts';

let backing: Backing;
let server: TestServer;

beforeAll(async () => {
  backing = await createBacking();
  server = await startTestServer(backing);
});
afterAll(async () => {
  await server.stop();
  await backing.close();
});

const NOT_FOUND = { data: { taskwireCode: 'NOT_FOUND', httpStatus: 404 } };

async function upload(): Promise<string> {
  const headers = await server.as('ada');
  const request = { method: 'POST', headers, body: fileForm('words', 'mine.txt') };
  expect((await fetch(`${server.url}/api/v1/uploads`, request)).status).toBe(201);
  const row = await server.database.upload.findFirstOrThrow({ orderBy: { createdAt: 'desc' } });
  return row.id;
}

async function endedIngest(uploadId: string): Promise<string> {
  const ada = await server.client('ada');
  const { taskId } = await ada.task.create.mutate({ kind: 'document.ingest', input: { uploadId } });
  await ada.task.cancel.mutate({ taskId });
  return taskId;
}

const fileIsThere = (uploadId: string) =>
  access(join(backing.uploadDirectory, uploadId)).then(
    () => true,
    () => false,
  );

describe('task.delete', () => {
  test('removes the row, the log, and the upload with its file once no other task uses it', async () => {
    const ada = await server.client('ada');
    const uploadId = await upload();
    const [first, second] = [await endedIngest(uploadId), await endedIngest(uploadId)];
    await ada.task.delete.mutate({ taskId: first });
    expect(await fileIsThere(uploadId)).toBe(true);
    await ada.task.delete.mutate({ taskId: second });
    expect(await fileIsThere(uploadId)).toBe(false);
    expect(await server.database.upload.count({ where: { id: uploadId } })).toBe(0);
    expect(await server.database.task.count({ where: { id: { in: [first, second] } } })).toBe(0);
    await expect(ada.task.get.query({ taskId: first })).rejects.toMatchObject(NOT_FOUND);
  });

  test('answers a watcher of the deleted task with NOT_FOUND, over tRPC and plainly', async () => {
    const ada = await server.client('ada');
    const task = await startTask(server, 'ada');
    await task.done();
    await ada.task.delete.mutate({ taskId: task.taskId });
    const plain = await fetch(`${server.url}/api/v1/sse/tasks/${task.taskId}/progress`, {
      headers: { ...(await server.as('ada')), 'last-event-id': '2' },
    });
    expect(plain.status).toBe(404);
    expect(await plain.json()).toMatchObject({ error: { code: 'NOT_FOUND' } });
    const input = encodeURIComponent(JSON.stringify({ taskId: task.taskId, lastEventId: '2' }));
    const stream = await fetch(`${server.url}/trpc/task.onProgress?input=${input}`, {
      headers: await server.as('ada'),
    });
    expect(await stream.text()).toContain('"taskwireCode":"NOT_FOUND"');
  });

  test('lets no write that was held back begin the log again', async () => {
    const ada = await server.client('ada');
    const { eventLog } = server.connections;
    const task = await startTask(server, 'ada');
    await task.done();
    await ada.task.delete.mutate({ taskId: task.taskId });
    const event = { type: 'queued' as const, kind: 'demo.count', priority: 5, stages: [] };
    expect(await eventLog.open(task, event)).toMatchObject({ written: false });
    expect(await eventLog.claim(task, 'late')).toMatchObject({ claimed: false });
    expect(await eventLog.read(task, 0, 10)).toEqual([]);
    const meta = `taskwire:{${task.projectId}}:task:${task.taskId}:meta`;
    expect(Number((await backing.redis.command(`TTL ${meta}`)).slice(1))).toBeGreaterThan(0);
  });

  test('deletes a task of a kind that is gone', async () => {
    const ada = await server.client('ada');
    const task = await startTask(server, 'ada');
    await task.done();
    await server.database.task.update({ where: { id: task.taskId }, data: { kind: 'long.gone', input: 7 } });
    await ada.task.delete.mutate({ taskId: task.taskId });
    expect(await server.database.task.count({ where: { id: task.taskId } })).toBe(0);
  });

  test('leaves the retry of the deleted task, which goes on naming it', async () => {
    const ada = await server.client('ada');
    const task = await startTask(server, 'ada');
    await task.done();
    const again = await ada.task.retry.mutate({ taskId: task.taskId });
    await ada.task.delete.mutate({ taskId: task.taskId });
    expect(await ada.task.get.query({ taskId: again.taskId })).toMatchObject({ retryOf: task.taskId });
  });

  test('is done while Redis is full: that makes room', async () => {
    const ada = await server.client('ada');
    const task = await startTask(server, 'ada');
    await task.done();
    // The owner's topic loses its relayed seq: the next relay writes again, and a full Redis refuses that.
    await server.connections.eventLog.relay(task);
    await backing.redis.command('DEL taskwire:{owner:ada}:topic:meta');
    await backing.redis.command('CONFIG SET maxmemory 1');
    try {
      await ada.task.delete.mutate({ taskId: task.taskId });
    } finally {
      await backing.redis.command('CONFIG SET maxmemory 0');
    }
    await expect(ada.task.get.query({ taskId: task.taskId })).rejects.toMatchObject(NOT_FOUND);
    await eventually(async () => expect(await server.connections.eventLog.read(task, 0, 10)).toEqual([]));
  });
});

test('project.delete removes rows and topic; a project that a task is created in meanwhile stays', async () => {
  const ada = await server.client('ada');
  const { projectId } = await ada.project.create.mutate({ name: 'old things' });
  const request = { kind: 'demo.count' as const, input: {}, projectId };
  const { taskId } = await ada.task.create.mutate(request);
  await expect(ada.project.delete.mutate({ projectId })).rejects.toMatchObject({ data: { taskwireCode: 'CONFLICT' } });
  await ada.task.cancel.mutate({ taskId });
  await ada.project.delete.mutate({ projectId });
  expect(await server.database.project.count({ where: { id: projectId } })).toBe(0);
  expect(await server.database.task.count({ where: { projectId } })).toBe(0);
  expect(await backing.redis.command(`EXISTS taskwire:{${projectId}}:topic:log`)).toBe(':0');
  await expect(ada.task.create.mutate(request)).rejects.toMatchObject({ data: { fields: [{ path: 'projectId' }] } });
});
