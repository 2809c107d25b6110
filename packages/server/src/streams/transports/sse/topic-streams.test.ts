import type { TopicMessage } from '@taskwire/protocol';
import { eventually } from '@taskwire/test-kit/vitest';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { watchTopicPlainly, type PlainWatcher } from '../../../testing/plain-watcher.ts';
import { startTask, type RunningTask } from '../../../testing/running-task.ts';
import { createBacking, startTestServer, type Backing, type TestServer } from '../../../testing/test-server.ts';

let backing: Backing;
let server: TestServer;
let users = 0;
let user: string;
const watchers: PlainWatcher<TopicMessage>[] = [];

beforeAll(async () => {
  backing = await createBacking();
  server = await startTestServer(backing, { pingEveryMs: 20 });
});
afterEach(() => {
  for (const { source } of watchers.splice(0)) source.close();
});
afterAll(async () => {
  await server.stop();
  await backing.close();
});

/** The first task of a new user. */
async function newcomersTask(): Promise<RunningTask> {
  users += 1;
  user = `user-${users}`;
  return startTask(server, user);
}

const pathOf = {
  tasks: () => '/sse/tasks',
  project: ({ projectId }: RunningTask) => `/sse/projects/${projectId}`,
  stage: ({ projectId }: RunningTask) => `/sse/projects/${projectId}/stages/count`,
};

async function watch(path: string, lastEventId?: string) {
  const resume = lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId };
  const watcher = watchTopicPlainly(`${server.url}/api/v1${path}`, { ...(await server.as(user)), ...resume });
  watchers.push(watcher);
  return watcher;
}

const get = async (path: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/api/v1${path}`, { headers: { ...(await server.as(user)), ...headers } });

const progress = (stage: string, current: number) =>
  ({ type: 'progress', stage, current, total: 10, percent: current * 10 }) as const;

/** Name and seq of each task event that a watcher got. */
const taskEvents = ({ received }: PlainWatcher<TopicMessage>) =>
  received.flatMap(({ event, message }) => (message.type === 'event' ? [[event, message.event.seq]] : []));

test('a project’s watcher gets its unfinished tasks, then every event of every task, under the name of the task’s stream', async () => {
  const first = await newcomersTask();
  const watcher = await watch(pathOf.project(first));
  await eventually(() => expect(watcher.received).toHaveLength(1));
  expect(watcher.received[0]).toMatchObject({
    event: 'snapshot',
    message: { state: { tasks: [{ taskId: first.taskId, status: 'running', taskSeq: 2 }] } },
  });
  const second = await startTask(server, user);
  await first.writer.append([progress('count', 1), { type: 'token', stage: 'count', text: 'one\n', offset: 0 }]);
  await first.done();
  await second.writer.append([{ type: 'error', code: 'HANDLER_FAILED', message: 'no' }]);
  await eventually(() => expect(watcher.received).toHaveLength(7));
  expect(taskEvents(watcher)).toEqual([
    ['queued', 1],
    ['started', 2],
    ['progress', 3],
    ['token', 4],
    ['complete', 5],
    ['error', 3],
  ]);
});

test('/sse/tasks has the events of all tasks of the user, and of no other user', async () => {
  await newcomersTask();
  await newcomersTask();
  const client = await server.client(user);
  const { projectId } = await client.project.create.mutate({ name: 'Papers' });
  const watcher = await watch(pathOf.tasks());
  await eventually(() => expect(watcher.received).toHaveLength(1));
  expect(watcher.received[0]?.message).toMatchObject({ state: { tasks: [expect.anything()] } });
  const { taskId } = await client.task.create.mutate({ kind: 'demo.count', input: {}, projectId });
  await client.task.cancel.mutate({ taskId });
  await eventually(() => expect(taskEvents(watcher).at(-1)).toEqual(['canceled', 3]));
  expect(watcher.received.slice(1).map(({ message }) => message)).toMatchObject(
    ['queued', 'canceling', 'canceled'].map((type) => ({ event: { type, taskId } })),
  );
});

describe.each(['tasks', 'project', 'stage'] as const)('the stream of a %s', (kind) => {
  test('goes on after a cursor: every message once, numbered without a hole', async () => {
    const task = await newcomersTask();
    const path = pathOf[kind](task);
    const whole = await watch(path);
    await eventually(() => expect(whole.received).toHaveLength(1));
    const begin = whole.received[0]?.message.seq ?? 0;
    const again = await startTask(server, user);
    // A filter's skipped events are named by the next event that it lets through.
    if (kind !== 'stage') await eventually(() => expect(whole.received.at(-1)?.message.seq).toBe(begin + 2));
    const resumed = await watch(path, String(begin));
    const byAddress = await watch(`${path}?lastEventId=${begin + 1}`);
    await again.writer.append([{ type: 'stage', stage: 'count', status: 'running', weight: 1 }, progress('count', 1)]);
    await again.done();
    const last = kind === 'stage' ? 'progress' : 'complete';
    for (const { received } of [whole, resumed, byAddress])
      await eventually(() => expect(received.at(-1)?.event).toBe(last));
    for (const [watcher, from] of [
      [whole, begin],
      [resumed, begin],
      [byAddress, begin + 1],
    ] as const) {
      const events = watcher.received.filter(({ event }) => event !== 'snapshot');
      expect(events.every(({ id, message }) => id === String(message.seq))).toBe(true);
      const ranges = events.map(({ message }) => ({
        first: (message.type === 'snapshot' ? undefined : message.fromSeq) ?? message.seq,
        last: message.seq,
      }));
      expect(ranges.map((range) => range.first)).toEqual([
        from + 1,
        ...ranges.slice(0, -1).map((each) => each.last + 1),
      ]);
    }
  });

  test('does not end with a task, and keeps sending comments', async () => {
    const task = await newcomersTask();
    await task.done();
    const response = await get(pathOf[kind](task));
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!/(: heartbeat\n\n.*){3}/s.test(text)) text += (await reader?.read())?.value ?? '';
    expect(text).toMatch(/^retry: \d{4}\n\nevent: snapshot\nid: \d+\ndata: .*"tasks":\[\]/);
    await reader?.cancel();
  });

  test('a cursor that this server never sent is refused, naming the field', async () => {
    const task = await newcomersTask();
    const response = await get(pathOf[kind](task), { 'Last-Event-ID': '1e3' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { fields: [{ path: 'lastEventId' }] } });
  });

  test('a cursor before the kept events gets the state, and the missed events as a gap', async () => {
    const task = await newcomersTask();
    const watcher = await watch(pathOf[kind](task), '7');
    await eventually(() => expect(watcher.received).toHaveLength(1));
    const { message } = watcher.received[0] ?? {};
    expect(message).toMatchObject({ type: 'snapshot', gap: { from: 8, to: message?.seq } });
  });
});

describe('filters', () => {
  async function expectThrough(query: string, seqs: number[], path = pathOf.project) {
    const task = await newcomersTask();
    const watcher = await watch(path(task) + query);
    await eventually(() => expect(watcher.received).toHaveLength(1));
    const log = { type: 'log', stage: 'count', level: 'info', message: 'x' } as const;
    await task.writer.append([
      progress('parse', 1),
      progress('count', 1),
      log,
      progress('count', 2),
      { type: 'token', stage: 'parse', text: 'x', offset: 0 },
    ]);
    await task.writer.append([progress('count', 3), log]);
    await eventually(() => expect(taskEvents(watcher).map(([, seq]) => seq)).toEqual(seqs));
  }

  test.each([
    ['?stages=count', [4, 5, 6, 8, 9]],
    ['?stages=count,parse', [3, 4, 5, 6, 7, 8, 9]],
    ['?types=progress', [3, 4, 6, 8]],
    ['?stages=count&types=progress,token', [4, 6, 8]],
    ['?types=progress&types=token', [3, 4, 6, 7, 8]],
  ])('%s lets through only what it names, at the server', (query, seqs) => expectThrough(query, seqs));

  test('the address of a stage is a filter', async () => {
    await expectThrough('', [4, 5, 6, 8, 9], pathOf.stage);
    await expectThrough('?types=log', [5, 9], pathOf.stage);
  });

  test.each([
    ['?stages=', 'stages.0'],
    ['?stages=a,,b', 'stages.1'],
    [`?stages=a,${'x'.repeat(201)}`, 'stages.1'],
    [`?stages=${Array.from({ length: 51 }, () => 'a').join(',')}`, 'stages'],
    ['?types=finished', 'types.0'],
    ['?types=done,progres', 'types.1'],
    ['/stages/count?stages=parse', 'stages'],
    ['/stages/count?types=x', 'types.0'],
  ])('%s is refused, naming the field', async (query, path) => {
    const task = await newcomersTask();
    const response = await get(pathOf.project(task) + query);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'INVALID_INPUT', fields: [{ path }] } });
  });
});

test('a foreign project, an unknown one and a text that is no id are answered alike', async () => {
  const foreign = await newcomersTask();
  await newcomersTask();
  const none = '00000000-0000-4000-8000-000000000000';
  const answers = [];
  for (const projectId of [foreign.projectId, none, 'not-an-id']) {
    const response = await get(`/sse/projects/${projectId}`);
    answers.push([response.status, await response.json()]);
  }
  const notFound = { error: { code: 'NOT_FOUND', message: 'there is no such project among yours', fields: [] } };
  expect(answers).toEqual([404, 404, 404].map((status) => [status, notFound]));
});

test('without a token the answer is 401', async () => {
  const task = await newcomersTask();
  for (const path of Object.values(pathOf)) expect((await fetch(`${server.url}/api/v1${path(task)}`)).status).toBe(401);
});

test('a project with thousands of ended tasks starts with the few that run', async () => {
  const running = [await newcomersTask(), await startTask(server, user)];
  const { projectId, ownerId } = running[0] ?? (await newcomersTask());
  const { eventLog } = server.connections;
  const endOne = async (index: number) => {
    const taskId = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
    const task = { taskId, projectId, ownerId };
    await eventLog.open(task, { type: 'queued', kind: 'demo.count', priority: 5, stages: [] });
    await eventLog.append(task, { type: 'canceled' });
  };
  for (let from = 0; from < 2_500; from += 250)
    await Promise.all(Array.from({ length: 250 }, (_each, index) => endOne(from + index)));
  // Another server, which has nothing of it in memory.
  const other = await startTestServer(backing);
  try {
    const watcher = watchTopicPlainly(`${other.url}/api/v1/sse/projects/${projectId}`, await server.as(user));
    watchers.push(watcher);
    await eventually(() => expect(watcher.received).toHaveLength(1));
    const { message } = watcher.received[0] ?? {};
    if (message?.type !== 'snapshot') throw new Error('no snapshot');
    expect(message.state.tasks.map(({ taskId }) => taskId).sort()).toEqual(running.map(({ taskId }) => taskId).sort());
    await running[0]?.log('still here');
    await eventually(() => expect(taskEvents(watcher)).toEqual([['log', 3]]));
  } finally {
    await other.stop();
  }
});
