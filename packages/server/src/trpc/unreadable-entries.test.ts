import { eventually } from '@taskwire/test-kit/vitest';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { spoilLog } from '../testing/lose-logs.ts';
import { watchPlainly, watchTopicPlainly, type PlainWatcher } from '../testing/plain-watcher.ts';
import { startTask, type RunningTask } from '../testing/running-task.ts';
import { createBacking, startTestServer, type Backing, type TestServer } from '../testing/test-server.ts';

let backing: Backing;
let server: TestServer;
let task: RunningTask;
const watchers: Pick<PlainWatcher, 'source'>[] = [];
let users = 0;

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

/** A running task of a new user, whose log has an entry (3) that cannot be read. */
async function spoiledTask(): Promise<RunningTask> {
  users += 1;
  const started = await startTask(server, `user-${users}`);
  await spoilLog(backing, started);
  return started;
}

describe('an entry that cannot be read takes nothing with it (MUST 19)', () => {
  test('its task is got, listed, polled and canceled, and its history is read', async () => {
    task = await spoiledTask();
    const { taskId } = task;
    const client = await server.client(task.ownerId);
    expect(await client.task.get.query({ taskId })).toMatchObject({ taskId, kind: 'demo.count' });
    expect((await client.task.list.query({})).items).toHaveLength(1);
    const polled = await client.task.poll.query({ taskId, lastEventId: '2', waitMs: 0 });
    expect(polled).toMatchObject({
      messages: [{ type: 'unreadable', seq: 3, taskId }],
      lastEventId: '3',
      ended: false,
    });
    const history = await client.task.history.query({ taskId });
    expect(history.items).toMatchObject([{ seq: 1 }, { seq: 2 }, { type: 'unreadable', seq: 3, taskId }]);
    expect(await client.task.cancel.mutate({ taskId })).toMatchObject({ status: 'canceled' });
  });

  test('plain streams of the task, the project and the user name it unreadable and go on', async () => {
    users += 1;
    task = await startTask(server, `user-${users}`);
    const headers = await server.as(task.ownerId);
    const base = `${server.url}/api/v1/sse`;
    const watcher = watchPlainly(`${base}/tasks/${task.taskId}/progress`, headers);
    const project = watchTopicPlainly(`${base}/projects/${task.projectId}`, headers);
    const all = watchTopicPlainly(`${base}/tasks`, headers);
    watchers.push(watcher, project, all);
    await eventually(() => [watcher, project, all].forEach(({ received }) => expect(received).toHaveLength(1)));
    await spoilLog(backing, task);
    await task.log('after');
    await task.done();
    await eventually(() => expect(watcher.received.map(({ event }) => event)).toContain('complete'));
    expect(watcher.received.map(({ event, id }) => [event, id])).toEqual([
      ['snapshot', '2'],
      ['unreadable', '3'],
      ['log', '4'],
      ['complete', '5'],
    ]);
    await eventually(() => [project, all].forEach(({ received }) => expect(received.at(-1)?.event).toBe('complete')));
  });
});

test.each<[string, string | number | object]>([
  ['a state of a later version', { status: 'paused', stages: [{ name: 'count', status: 'paused' }] }],
  ['no state at all', 'x'],
  ['a number', 7],
])(
  'a stored state that is %s is rebuilt: its task is watched, polled and canceled (MUST 19)',
  async (_what, snapshot) => {
    users += 1;
    task = await startTask(server, `user-${users}`);
    const { taskId } = task;
    await server.database.task.update({
      where: { id: taskId },
      data: { snapshot, snapshotSeq: 2, status: 'running', attempt: 1 },
    });
    const client = await server.client(task.ownerId);
    const polled = await client.task.poll.query({ taskId, waitMs: 0 });
    expect(polled.messages).toMatchObject([
      { type: 'snapshot', seq: 2, state: { taskId, kind: 'demo.count', status: 'running', incomplete: true } },
    ]);
    const watcher = watchPlainly(`${server.url}/api/v1/sse/tasks/${taskId}/progress`, await server.as(task.ownerId));
    watchers.push(watcher);
    await eventually(() => expect(watcher.received).toHaveLength(1));
    expect(await client.task.cancel.mutate({ taskId })).toMatchObject({ status: 'canceled' });
    await eventually(() => expect(watcher.received.at(-1)?.event).toBe('canceled'));
  },
);
