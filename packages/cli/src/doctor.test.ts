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
        'no task of yours waits for a worker that knows its kind',
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
      waiting: [{ kind: 'demo.count', tasks: 1 }],
    });
  });

  test('fails if no worker is alive, and shows no control characters of a worker’s name', async () => {
    server.ports.workers = [worker('w\u001b[31m', [], false)];
    const { status, stdout } = await taskwire('doctor');
    expect(stdout).toContain('no worker is alive: start one');
    expect(stdout).not.toContain('\u001b');
    expect(status).toBe(1);
  });
});
