import { FakeServer } from '@taskwire/client/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runCommand } from './testing/run.ts';

let server: FakeServer;
let token: string;
beforeEach(async () => {
  server = await FakeServer.start();
  token = server.issueToken('ann');
});
afterEach(() => server.close());

function taskwire(...words: string[]) {
  return runCommand(words, { environment: { url: server.url, token } });
}

async function createdTask(): Promise<string> {
  const task: { taskId: string } = JSON.parse((await taskwire('create', 'demo.count', '--json')).stdout);
  return task.taskId;
}

test('a watch goes on when a proxy answers 404 in between, and ends with the status of the task', async () => {
  const taskId = await createdTask();
  server.answerForeign = (_request, response) => response.writeHead(404).end('404 page not found');
  const watched = taskwire('watch', taskId, '--json');
  await vi.waitFor(() => expect(server.foreignRequests.length).toBeGreaterThan(1), { timeout: 10_000 });
  server.answerForeign = undefined;
  server.ports.events.write(taskId, { type: 'started', workerId: 'w1' });
  server.ports.events.write(taskId, { type: 'done', output: { counted: 2 }, durationMs: 1 });
  const { status, stderr, stdout } = await watched;
  expect(status).toBe(0);
  expect(stdout).toContain('"done"');
  expect(stderr).toMatch(/answered 404 .*, not Taskwire.*coming back by itself/);
});

/** Answers every request as another server might: each call of a batch with `data`. */
function answerCalls(data: unknown): void {
  server.answerForeign = (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify([{ result: { data } }]));
  };
}

const FOREIGN_KIND = {
  kind: 'a\u001b]0;x\u0007',
  summary: 's\u001b[2J',
  stages: [],
  channels: [],
  inputSchema: {},
  uploads: [{ path: '__proto__.a\u009b', accept: ['image/\u001b'] }],
};

test.each([
  [['kinds'], 0],
  [['create', 'b'], 2],
  [['create', FOREIGN_KIND.kind, '--file', 'y=x'], 2],
])('%j shows no control characters of a foreign server', async (words, expected) => {
  answerCalls([FOREIGN_KIND]);
  const { status, stdout, stderr } = await taskwire(...words);
  expect(status).toBe(expected);
  expect(stdout + stderr).toMatch(/a\u{FFFD}\]0;x\u{FFFD}/u);
  expect(stdout + stderr).not.toMatch(/[^\P{Cc}\n]/u);
});

const TASK = {
  taskId: 't\u001b[2J',
  projectId: 'p',
  kind: 'k\u0007',
  status: 'queued',
  priority: 5,
  attempt: 0,
  percent: 0,
  createdAt: 1,
};

test('kinds without their fields are an error on one line', async () => {
  answerCalls([{ kind: 'a', summary: 's', stages: [], channels: [], inputSchema: {}, uploads: [{}] }]);
  expect(await taskwire('kinds')).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/^error: the server's answer is not a list of kinds .*\n$/),
  });
});

test('a created task is shown without control characters', async () => {
  answerCalls(TASK);
  for (const words of [
    ['retry', 't'],
    ['get', 't'],
    ['cancel', 't'],
  ]) {
    const { status, stdout, stderr } = await taskwire(...words);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('k\u{FFFD}');
    expect(stdout).not.toMatch(/[^\P{Cc}\n]/u);
  }
});

test('a refusal of another tRPC server is shown in its own words, in whole sentences', async () => {
  const refusal = {
    error: { code: -32004, message: 'no such\u001b[2J thing', data: { code: 'NOT_FOUND', httpStatus: 404 } },
  };
  server.answerForeign = (_request, response) => {
    response.writeHead(404, { 'content-type': 'application/json' }).end(JSON.stringify([refusal]));
  };
  const { status, stderr } = await taskwire('list');
  expect(status).toBe(1);
  expect(stderr).toMatch(/answered 404 “no such\u{FFFD}\[2J thing”, not Taskwire: .*server\. Set TASKWIRE_URL/u);
});

test('the reason for which a watch is away is shown without control characters', async () => {
  const taskId = await createdTask();
  const refusal = { code: -32004, message: 'no\u001b[2J', data: {} };
  server.streamBody = `event: connected\ndata: {}\n\nevent: serialized-error\ndata: ${JSON.stringify(refusal)}\n\n`;
  const watched = taskwire('watch', taskId);
  await vi.waitFor(() => expect(server.streamCursors.length).toBeGreaterThan(1), { timeout: 10_000 });
  server.streamBody = undefined;
  server.ports.events.write(taskId, { type: 'canceled' });
  const { status, stderr } = await watched;
  expect(status).toBe(3);
  expect(stderr).toContain('answered “no\u{FFFD}[2J”, not Taskwire');
});

test('a server of an earlier version, which does not describe its kinds, takes tasks without files', async () => {
  const data = { code: 'NOT_FOUND', httpStatus: 404, taskwireCode: 'NOT_FOUND', fields: [] };
  const unknown = { error: { code: -32004, message: 'No procedure found on path "system.kinds"', data } };
  server.answerForeign = ({ url }, response) => {
    const isKnown = url?.includes('system.kinds') !== true;
    const answer = isKnown ? { result: { data: { ...TASK, kind: 'demo.count' } } } : unknown;
    response.writeHead(isKnown ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify([answer]));
  };
  expect(await taskwire('create', 'demo.count')).toMatchObject({ status: 0, stdout: 't\u{FFFD}[2J  demo.count\n' });
  expect(await taskwire('create', 'demo.count', '--file', 'x')).toMatchObject({
    status: 2,
    stderr: 'error: --file: this server does not say where files go; update it\n',
  });
  expect(await taskwire('kinds')).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/^error: this server does not describe its kinds: update it/),
  });
});

test.each([['get'], ['cancel'], ['history']])('%s fails with status 1 and NETWORK, asking once', async (command) => {
  const taskId = await createdTask();
  server.answerForeign = (_request, response) => response.writeHead(404).end('404 page not found');
  const { status, stderr } = await taskwire(command, taskId, '--json');
  expect(status).toBe(1);
  expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'NETWORK' } });
  expect(stderr).toContain('answered 404 (no content type), not Taskwire');
  expect(server.foreignRequests).toHaveLength(1);
});
