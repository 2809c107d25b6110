import { eventually } from '@taskwire/test-kit/vitest';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { watchPlainly, type PlainWatcher } from '../testing/plain-watcher.ts';
import { startTask, type RunningTask } from '../testing/running-task.ts';
import { createBacking, startTestServer, type Backing, type TestServer } from '../testing/test-server.ts';

let backing: Backing;
let server: TestServer;
let users = 0;
const watchers: Pick<PlainWatcher, 'source'>[] = [];

beforeAll(async () => {
  backing = await createBacking();
  server = await startTestServer(backing);
});
afterEach(() => {
  for (const { source } of watchers.splice(0)) source.close();
});
afterAll(async () => {
  await server.stop();
  await backing.close();
});

/** A running task of a new user, whose row another version has changed. */
async function changedTask(change: object): Promise<RunningTask> {
  users += 1;
  const task = await startTask(server, `user-${users}`);
  await server.database.task.update({ where: { id: task.taskId }, data: change });
  return task;
}

describe.each([
  ['a kind that is gone', { kind: 'gone' }, { kind: 'gone', kindKnown: false }],
  ['an input that its kind no longer takes', { input: { to: 'many' } }, { kind: 'demo.count', inputReadable: false }],
  ['an input that is no object', { input: 7 }, { kind: 'demo.count', inputReadable: false }],
])('a row with %s', (_what, change, marks) => {
  test('is listed beside others, got, polled, watched and canceled', async () => {
    const task = await changedTask(change);
    const { taskId } = task;
    const client = await server.client(task.ownerId);
    const other = await client.task.create.mutate({ kind: 'demo.count', input: {} });
    const { items } = await client.task.list.query({});
    expect(items).toMatchObject([{ taskId: other.taskId }, { taskId, ...marks }]);
    expect(await client.task.get.query({ taskId })).toMatchObject({ taskId, ...marks });
    const polled = await client.task.poll.query({ taskId, waitMs: 0 });
    expect(polled.messages).toMatchObject([{ type: 'snapshot', seq: 2 }]);
    const watcher = watchPlainly(`${server.url}/api/v1/sse/tasks/${taskId}/progress`, await server.as(task.ownerId));
    watchers.push(watcher);
    await eventually(() => expect(watcher.received).toHaveLength(1));
    expect(await client.task.cancel.mutate({ taskId })).toMatchObject({ status: 'canceled', ...marks });
    await eventually(() => expect(watcher.received.at(-1)?.event).toBe('canceled'));
    expect((await client.task.history.query({ taskId })).items.at(-1)).toMatchObject({ type: 'canceled' });
  });

  test('is not done again: that is refused, saying why', async () => {
    const task = await changedTask(change);
    await task.done();
    const client = await server.client(task.ownerId);
    await expect(client.task.retry.mutate({ taskId: task.taskId })).rejects.toMatchObject({
      data: { taskwireCode: 'INVALID_INPUT' },
      message: expect.stringContaining('no longer fits its kind'),
    });
  });
});

test('the output of a task whose kind is gone is shown as it is', async () => {
  const task = await changedTask({ kind: 'gone' });
  const { taskId } = task;
  await task.done();
  const client = await server.client(task.ownerId);
  expect(await client.task.get.query({ taskId })).toMatchObject({ kind: 'gone', output: { counted: 10 } });
  const history = await client.task.history.query({ taskId });
  expect(history.items.at(-1)).toMatchObject({ type: 'unreadable', originalType: 'done', output: { counted: 10 } });
  const polled = await client.task.poll.query({ taskId, lastEventId: '2', waitMs: 0 });
  expect(polled).toMatchObject({ messages: [{ originalType: 'done', output: { counted: 10 } }], ended: true });
});

test('an output that its kind no longer gives is shown as unreadable, and its stream ends well', async () => {
  const task = await changedTask({});
  const { taskId } = task;
  await task.writer.append([{ type: 'done', output: { counted: 'many' }, durationMs: 1 }]);
  const client = await server.client(task.ownerId);
  const polled = await client.task.poll.query({ taskId, waitMs: 0 });
  expect(polled).toMatchObject({
    messages: [{ type: 'snapshot', state: { status: 'done', unreadableOutput: { counted: 'many' } } }],
    ended: true,
  });
});
