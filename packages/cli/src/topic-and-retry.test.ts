import type { TaskEventDraft } from '@taskwire/protocol';
import { FakeServer } from '@taskwire/client/testing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { runCommand, type RunSettings } from './testing/run.ts';

let server: FakeServer;
let token: string;
beforeEach(async () => {
  server = await FakeServer.start();
  token = server.issueToken('ann');
});
afterEach(() => server.close());

const STARTED: TaskEventDraft = { type: 'started', workerId: 'w1' };
const PROGRESS: TaskEventDraft = { type: 'progress', stage: 'count', current: 1, total: 2, percent: 50 };
const FAILED: TaskEventDraft = { type: 'error', code: 'HANDLER_FAILED', message: 'out of numbers' };
const DONE: TaskEventDraft = { type: 'done', output: { counted: 2 }, durationMs: 1_200 };

function taskwire(words: string[], settings: RunSettings = {}) {
  return runCommand(words, { ...settings, environment: { url: server.url, token } });
}

function jsonLines(text: string): Record<string, unknown>[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const value: Record<string, unknown> = JSON.parse(line);
      return value;
    });
}

/** A task of ann's with these events behind `queued`. */
async function task(...events: TaskEventDraft[]): Promise<{ taskId: string; projectId: string }> {
  const [created] = jsonLines((await taskwire(['create', 'demo.count', '--json'])).stdout);
  const taskId = String(created?.['taskId']);
  for (const event of events) server.ports.events.write(taskId, event);
  return { taskId, projectId: String(created?.['projectId']) };
}

describe('delete', () => {
  test('deletes an ended task', async () => {
    const { taskId } = await task(STARTED, DONE);
    expect(await taskwire(['delete', taskId, '--json'])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(taskId),
    });
    expect((await taskwire(['get', taskId])).status).not.toBe(0);
  });

  test('refuses an unfinished task, and names the remedy', async () => {
    const { taskId } = await task(STARTED);
    const { status, stderr } = await taskwire(['delete', taskId]);
    expect(status).not.toBe(0);
    expect(stderr).toContain('cancel it');
  });
});

describe('retry', () => {
  test('makes a new task, and prints its id and the id of the first', async () => {
    const { taskId } = await task(STARTED, FAILED);
    const { status, stdout } = await taskwire(['retry', taskId]);
    expect(status).toBe(0);
    const [again = ''] = stdout.split('  ');
    expect(again).not.toBe(taskId);
    expect((await taskwire(['get', again])).stdout).toMatch(new RegExp(`^retry of +${taskId}$`, 'm'));
  });

  test('with --watch watches the new task to its end', async () => {
    const { taskId } = await task(STARTED, FAILED);
    server.ports.onEnqueue = (enqueued) => {
      for (const event of [STARTED, DONE]) server.ports.events.write(enqueued.taskId, event);
    };
    const { status, stdout } = await taskwire(['retry', taskId, '--watch', '--json']);
    expect(status).toBe(0);
    expect(jsonLines(stdout)).toMatchObject([{ retryOf: taskId }, { type: 'snapshot', state: { status: 'done' } }]);
  });

  test('with one key, two retries make one task', async () => {
    const { taskId } = await task(STARTED, FAILED);
    const words = ['retry', taskId, '--idempotency-key', 'k'];
    const [first, second] = [await taskwire(words), await taskwire(words)];
    expect(second.stdout).toBe(first.stdout);
  });

  test('of an unfinished task is refused, with the remedy', async () => {
    const { taskId } = await task(STARTED);
    const { status, stdout, stderr } = await taskwire(['retry', taskId]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toBe('error: this task has not ended; wait for its end, or cancel it first\n');
  });
});

describe('history', () => {
  test('prints each event on a line, merged as the server stores them', async () => {
    const { taskId } = await task(STARTED, PROGRESS, PROGRESS, DONE);
    const { status, stdout } = await taskwire(['history', taskId]);
    expect(status).toBe(0);
    expect(stdout).toBe(
      '1 queued priority 5\n2 started attempt 1\n4 progress count 1/2, 50 %\n5 done in 1.2 s: {"counted":2}\n',
    );
    const lines = jsonLines((await taskwire(['history', taskId, '--after', '2', '--json'])).stdout);
    expect(lines).toMatchObject([
      { type: 'progress', fromSeq: 3, seq: 4 },
      { type: 'done', seq: 5 },
    ]);
  });

  test('with an invalid cursor is a usage error', async () => {
    const { taskId } = await task();
    const { status, stderr } = await taskwire(['history', taskId, '--after', 'x']);
    expect(status).toBe(2);
    expect(stderr).toContain('cursor: ');
  });
});

describe('watch --project and --all', () => {
  test.each([
    ['--all', () => ['--all']],
    ['--project', (projectId: string) => ['--project', projectId]],
  ])('%s shows the unfinished tasks, then what happens, until Ctrl-C, and how to go on', async (_name, words) => {
    const { taskId, projectId } = await task(STARTED);
    let steps = 0;
    const onOutput = (text: string, interrupt: () => void) => {
      if (steps === 0 && text.includes('snapshot')) {
        steps = 1;
        for (const event of [PROGRESS, DONE]) server.ports.events.write(taskId, event);
      }
      if (text.includes('done in')) interrupt();
    };
    const { status, stdout, stderr, listeners } = await taskwire(['watch', ...words(projectId)], { onOutput });
    expect(status).toBe(130);
    expect(stdout.split('\n')).toEqual([
      '1002 snapshot 1 unfinished task',
      expect.stringMatching(new RegExp(`^  ${taskId}  demo.count +running +0 %$`)),
      `1003 ${taskId} 3 progress count 1/2, 50 %`,
      `1004 ${taskId} 4 done in 1.2 s: {"counted":2}`,
      '',
    ]);
    expect(stderr).toBe('go on from here with --last-event-id 1004\n');
    expect(listeners).toBe(0);
    await vi.waitFor(() => expect(server.openStreams).toBe(0), { timeout: 10_000 });
  });

  test('with --json prints the messages themselves, also skipped ones', async () => {
    const { taskId, projectId } = await task(STARTED, PROGRESS);
    const onOutput = (text: string, interrupt: () => void) => {
      if (!text.includes('skipped')) server.ports.events.write(taskId, { type: 'log', level: 'info', message: 'x' });
      else interrupt();
    };
    const words = ['watch', '--project', projectId, '--types', 'progress', 'done', '--stages', 'count'];
    const { stdout } = await taskwire([...words, '--last-event-id', '1001', '--json'], { onOutput });
    expect(jsonLines(stdout).slice(0, 2)).toMatchObject([
      { type: 'event', seq: 1003, fromSeq: 1002, event: { type: 'progress', taskId } },
      { type: 'skipped', seq: 1004 },
    ]);
  });

  test('names the events of a gap', async () => {
    await task(STARTED);
    const onOutput = (_text: string, interrupt: () => void) => interrupt();
    const { stdout } = await taskwire(['watch', '--all', '--last-event-id', '7'], { onOutput });
    expect(stdout).toMatch(/^1002 snapshot 1 unfinished task, events 8 to 1002 can no longer be had\n/);
  });

  test("someone else's project is refused", async () => {
    const { projectId } = await task();
    token = server.issueToken('bob');
    const { status, stderr } = await taskwire(['watch', '--project', projectId]);
    expect(status).toBe(1);
    expect(stderr).toContain('there is no such project among yours');
  });
});
