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

test.each([['get'], ['cancel'], ['history']])('%s fails with status 1 and NETWORK, asking once', async (command) => {
  const taskId = await createdTask();
  server.answerForeign = (_request, response) => response.writeHead(404).end('404 page not found');
  const { status, stderr } = await taskwire(command, taskId, '--json');
  expect(status).toBe(1);
  expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'NETWORK' } });
  expect(stderr).toContain('answered 404 (no content type), not Taskwire');
  expect(server.foreignRequests).toHaveLength(1);
});
