import { saveStageResult, loadStageResults, archiveEvents } from '@taskwire/db';
import { eventually } from '@taskwire/test-kit/vitest';
import { TRPCClientError } from '@trpc/client';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
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

describe('task.retry', () => {
  test('copies the remembered stage results, and sets the new task going', async () => {
    const ada = await server.client('ada');
    const task = await startTask(server, 'ada');
    const { database } = server;
    await saveStageResult(database, { taskId: task.taskId, stage: 'count', result: { upTo: 3 } });
    await task.done();
    const again = await ada.task.retry.mutate({ taskId: task.taskId });
    expect(again).toMatchObject({ retryOf: task.taskId, status: 'queued', projectId: task.projectId });
    expect(await loadStageResults(database, again.taskId)).toEqual(new Map([['count', { upTo: 3 }]]));
    expect(await loadStageResults(database, task.taskId)).toEqual(new Map([['count', { upTo: 3 }]]));
    const address = { ...again, ownerId: 'ada' };
    expect(await server.connections.eventLog.inspect(address)).toMatchObject({ seq: 1, ended: false });
    expect(await server.connections.queue.removeWaiting(again.taskId)).toBe(true);
    expect(await ada.task.get.query({ taskId: again.taskId })).toEqual(again);
  });

  test('writes neither the row nor the results when one of them cannot be written', async () => {
    const ada = await server.client('ada');
    const task = await startTask(server, 'ada');
    await task.done();
    const { database } = server;
    await saveStageResult(database, { taskId: task.taskId, stage: 'count', result: 1 });
    await database.$executeRaw`ALTER TABLE "StageResult" ADD CONSTRAINT spoiled CHECK ("stage" <> 'count') NOT VALID`;
    const retry = ada.task.retry.mutate({ taskId: task.taskId });
    await expect(retry).rejects.toBeInstanceOf(TRPCClientError);
    await database.$executeRaw`ALTER TABLE "StageResult" DROP CONSTRAINT spoiled`;
    expect(await database.task.count({ where: { retryOfId: task.taskId } })).toBe(0);
  });

  test('many at once with one key are one task', async () => {
    const ada = await server.client('ada');
    const task = await startTask(server, 'ada');
    await task.done();
    const request = { taskId: task.taskId, idempotencyKey: 'again at once' };
    const retries = await Promise.all(Array.from({ length: 8 }, () => ada.task.retry.mutate(request)));
    expect(new Set(retries.map(({ taskId }) => taskId)).size).toBe(1);
    expect(await server.database.task.count({ where: { retryOfId: task.taskId } })).toBe(1);
  });
});

describe('task.history', () => {
  test('is whole while a part is archived and trimmed, and after the log is gone', async () => {
    const ada = await server.client('ada');
    const { eventLog } = server.connections;
    const task = await startTask(server, 'ada');
    await task.log('a', 'b');
    await archiveEvents(server.database, task.taskId, await eventLog.read(task, 0, 100));
    await task.log('c');
    await task.done();
    const seqs = async () => {
      const { items, nextCursor } = await ada.task.history.query({ taskId: task.taskId });
      expect(nextCursor).toBeUndefined();
      return items.map(({ seq }) => seq);
    };
    expect(await seqs()).toEqual([1, 2, 3, 4, 5, 6]);
    await archiveEvents(server.database, task.taskId, await eventLog.read(task, 4, 100));
    await eventLog.trim(task, 4);
    expect(await seqs()).toEqual([1, 2, 3, 4, 5, 6]);
    await eventLog.expire(task, 0);
    await eventually(async () => expect(await eventLog.inspect(task)).toBeUndefined());
    expect(await seqs()).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe('task.poll', () => {
  test('answers with the messages of onProgress, from cursor to cursor, and waits for the next one', async () => {
    const ada = await server.client('ada');
    const task = await startTask(server, 'ada');
    const { taskId } = task;
    const first = await ada.task.poll.query({ taskId });
    expect(first).toMatchObject({ messages: [{ type: 'snapshot', seq: 2 }], lastEventId: '2', ended: false });
    const waiting = ada.task.poll.query({ taskId, lastEventId: '2' });
    await task.log('a');
    expect(await waiting).toMatchObject({ messages: [{ type: 'log', seq: 3 }], lastEventId: '3' });
    expect(await ada.task.poll.query({ taskId, lastEventId: '3', waitMs: 10 })).toEqual({
      messages: [],
      lastEventId: '3',
      ended: false,
    });
    await task.done();
    expect(await ada.task.poll.query({ taskId, lastEventId: '2' })).toMatchObject({
      messages: [{ seq: 3 }, { type: 'done', seq: 4 }],
      ended: true,
    });
    expect(await ada.task.poll.query({ taskId, lastEventId: '4' })).toMatchObject({ messages: [], ended: true });
  });

  test('a poll that waits is sent away by a server that stops', async () => {
    const other = await startTestServer(backing);
    const task = await startTask(other, 'ada');
    const ada = await other.client('ada');
    const { taskId } = task;
    const poll = vi.spyOn(other.connections.eventLog, 'poll');
    const waiting = ada.task.poll.query({ taskId, lastEventId: '2', waitMs: 30_000 });
    const refused = expect(waiting).rejects.toMatchObject({ data: { taskwireCode: 'SERVICE_UNAVAILABLE' } });
    await eventually(() => expect(poll).toHaveBeenCalled());
    await other.stop();
    await refused;
  });

  test('a poll that is given up is forgotten', async () => {
    const task = await startTask(server, 'ada');
    const ada = await server.client('ada');
    const leaving = new AbortController();
    const poll = vi.spyOn(server.connections.eventLog, 'poll');
    const input = { taskId: task.taskId, lastEventId: '2', waitMs: 30_000 };
    const polled = expect(ada.task.poll.query(input, { signal: leaving.signal })).rejects.toThrow();
    await eventually(() => expect(poll).toHaveBeenCalled());
    leaving.abort();
    await polled;
    await eventually(() => expect(poll.mock.calls[0]?.[2].signal.aborted).toBe(true));
  });
});
