import { FakeServer } from '@taskwire/client/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCommand } from './testing/run.ts';

let server: FakeServer;
let token: string;
beforeEach(async () => {
  server = await FakeServer.start();
  token = server.issueToken('ann');
});
afterEach(() => server.close());

const taskwire = (...words: string[]) => runCommand(words, { environment: { url: server.url, token } });
const worker = (workerId: string, kinds: string[], isAlive = true) => ({
  workerId,
  version: '1.2.3',
  kinds,
  startedAt: 0,
  lastHeartbeatAt: 0,
  isAlive,
});

describe('doctor', () => {
  test('lists the workers, and succeeds if nothing waits', async () => {
    server.ports.workers = [worker('w1', ['demo.count', 'demo.text']), worker('w2', ['demo.count'], false)];
    await taskwire('create', 'demo.count');
    const { status, stdout } = await taskwire('doctor');
    expect(stdout).toBe(
      [
        'worker w1  1.2.3  alive  demo.count demo.text',
        'worker w2  1.2.3  silent since 1970-01-01T00:00:00.000Z  demo.count',
        'no task of yours waits for a worker that can run it',
        '',
      ].join('\n'),
    );
    expect(status).toBe(0);
  });

  test('fails, and names the worker to start, if a task waits for one that knows its kind', async () => {
    server.ports.workers = [worker('w1', ['demo.text'])];
    await taskwire('create', 'demo.count');
    const { status, stdout } = await taskwire('doctor');
    expect(stdout).toContain('1 task waits for a worker that knows demo.count: start one of a version that has it');
    expect(status).toBe(1);
    const json = await taskwire('doctor', '--json');
    expect(JSON.parse(json.stdout)).toEqual({
      workers: server.ports.workers,
      waiting: [{ reason: 'kind', kind: 'demo.count', tasks: 1 }],
      hasUnchecked: false,
    });
  });

  test('fails, and names the kind, if a task waits for a worker that takes its input', async () => {
    server.ports.workers = [worker('w1', ['demo.count'])];
    const { stdout: created } = await taskwire('create', 'demo.count', '--json');
    const { taskId }: { taskId: string } = JSON.parse(created);
    const waiting = { reason: 'input', kind: 'demo.count' };
    server.ports.events.write(taskId, { type: 'log', level: 'warn', message: 'waiting', waiting });
    const { status, stdout } = await taskwire('doctor');
    expect(stdout).toContain(
      '1 task waits for a worker whose demo.count takes its input: start one of a version that does, or cancel it',
    );
    expect(status).toBe(1);
  });

  test('fails if no worker is alive, and shows no control characters of a worker’s name', async () => {
    server.ports.workers = [worker('w\u001b[31m', [], false)];
    const { status, stdout } = await taskwire('doctor');
    expect(stdout).toContain('no worker is alive: start one');
    expect(stdout).not.toContain('\u001b');
    expect(status).toBe(1);
  });

  test('takes the answer of a server that gives no reasons, and says what it has not checked', async () => {
    const workers = [worker('w1', [])];
    answer({ workers, waiting: [{ kind: 'demo.count', tasks: 2 }] });
    expect(await taskwire('doctor')).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('2 tasks wait for a worker that knows demo.count: '),
    });
    answer({ workers, waiting: [], hasUnchecked: true });
    expect(await taskwire('doctor')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('only the newest of your unfinished tasks were checked for inputs'),
    });
  });

  test.each([
    ['a text', 'fine'],
    ['an answer without workers', { waiting: [] }],
    ['an answer without what waits', { workers: [] }],
    ['a worker without its kinds', { workers: [{ ...worker('w1', []), kinds: 'all' }], waiting: [] }],
    ['a worker with a time that is none', { workers: [{ ...worker('w1', []), lastHeartbeatAt: 1e300 }], waiting: [] }],
    ['a kind without its number of tasks', { workers: [], waiting: [{ kind: 'demo.count' }] }],
  ])('%s is an error on one line', async (_fault, data) => {
    answer(data);
    expect(await taskwire('doctor')).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/^error: the server's answer is not a status of workers .*\n$/),
    });
  });
});

/** Answers each call with `data`, as another server might. */
function answer(data: unknown): void {
  server.answerForeign = (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify([{ result: { data } }]));
  };
}
