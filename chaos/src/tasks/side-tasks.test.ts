import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ApiClient } from '../system/api-client.ts';
import { SideTasks } from './side-tasks.ts';

let server: Server;
let answers: Record<string, { status: number; body: unknown }>;
const spoiled: string[] = [];
const signal = new AbortController().signal;

const ROW = { taskId: 't1', status: 'done', snapshotSeq: 5, key: null, errorCode: null };
const database = {
  tasks: () => Promise.resolve([ROW]),
  spoil: (_taskId: string, sets: string) => Promise.resolve(void spoiled.push(sets)),
};
const data = (value: unknown) => ({ status: 200, body: { result: { data: value } } });
const refusal = (status: number) => ({ status, body: { error: { message: 'no', code: -1, data: {} } } });

beforeEach(async () => {
  const shown = data({ taskId: 't1' });
  answers = { 'task.create': shown, 'task.list': shown, 'task.get': shown, 'task.history': shown, 'task.poll': shown };
  server = createServer((request, response) => {
    const name = /\/trpc\/([^?]+)/.exec(request.url ?? '')?.[1] ?? '';
    const { status, body } = answers[name] ?? refusal(404);
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close' }).end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  spoiled.length = 0;
});
afterEach(() => server.close());

function sideTasks(): SideTasks {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const client = new ApiClient(`http://127.0.0.1:${port}`, 'token', signal);
  return new SideTasks(client, database, { projectId: 'p', key: 'round', signal, answeredWithinMs: 300 });
}

it('remembers which creates were refused, and which were not', async () => {
  const side = sideTasks();
  await side.probeCreate();
  answers['task.create'] = refusal(503);
  await side.probeCreate();
  server.close();
  server.closeAllConnections();
  await side.probeCreate();
  expect(side.taskIds).toEqual(['t1']);
  expect([...side.refusedKeys]).toEqual(['round-probe-2']);
});

it('finds nothing where a task whose row was spoiled is still shown', async () => {
  const side = sideTasks();
  await side.spoilRow('"kind" = \'gone\'');
  expect(spoiled).toEqual(['"kind" = \'gone\'']);
  expect(await side.unanswered()).toEqual([]);
});

it.each(['task.list', 'task.get', 'task.history', 'task.poll'])(
  'finds that %s is not answered any more',
  async (name) => {
    const side = sideTasks();
    await side.spoilRow('x');
    answers[name] = refusal(500);
    const findings = await side.unanswered();
    expect(findings).toMatchObject([{ figure: 'stuck', count: 1, who: 't1' }]);
    expect(findings[0]?.detail).toContain(`${name} of a task whose row was spoiled is answered by 500`);
  },
);

it('finds a list in which the task is not named any more', async () => {
  const side = sideTasks();
  await side.spoilRow('x');
  answers['task.list'] = data({ items: [] });
  expect(await side.unanswered()).toMatchObject([{ figure: 'stuck' }]);
});
