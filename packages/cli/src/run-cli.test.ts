import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { TaskEventDraft } from '@taskwire/protocol';
import { FakeServer, SIGN_IN_CODE } from '@taskwire/client/testing';
import { jwtVerify } from 'jose';
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
const DONE: TaskEventDraft = { type: 'done', output: { counted: 2 }, durationMs: 1_200 };

/** Runs the command as ann. */
function taskwire(words: string[], settings: RunSettings = {}) {
  return runCommand(words, { ...settings, environment: { url: server.url, token, ...settings.environment } });
}

/** Has every task that is created from now on do this at once. */
function everyTaskDoes(...events: TaskEventDraft[]): void {
  server.ports.onEnqueue = ({ taskId }) => events.forEach((event) => server.ports.events.write(taskId, event));
}

async function createdTask(): Promise<string> {
  const { stdout } = await taskwire(['create', 'demo.count', '--json']);
  return String(jsonLines(stdout)[0]?.['taskId']);
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

describe('token', () => {
  test('prints the token of a development sign-in, and nothing else, on stdout', async () => {
    const { status, stdout, stderr } = await taskwire(['token', '--name', 'cat', '--code', SIGN_IN_CODE]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^token-\d+-of-cat\n$/);
    expect(stderr).toContain('for cat');
  });

  test('does not sign in at a server without the code that the server printed', async () => {
    const without = await taskwire(['token', '--name', 'cat']);
    expect(without.status).toBe(2);
    expect(without.stderr).toMatch(/--code: give what the development server printed .* or set AUTH_SECRET/);
    expect((await taskwire(['token', '--name', 'cat', '--code', 'guess'])).stderr).toMatch(/code/);
  });

  test('signs without a server if AUTH_SECRET is set', async () => {
    const authSecret = randomBytes(48).toString('base64');
    const { stdout } = await runCommand(['token', '--name', 'cat'], { environment: { authSecret } });
    const key = new TextEncoder().encode(authSecret);
    const { payload } = await jwtVerify(stdout.trim(), key, { issuer: 'taskwire', audience: 'taskwire' });
    expect(payload.sub).toBe('cat');
    expect(payload.exp).toBeGreaterThan(Date.now() / 1_000);
  });

  test.each(['hush', 's'.repeat(32), '0'.repeat(64), 'changeme'.repeat(8)])(
    'does not sign with a secret that no server would take, and does not show it: %s',
    async (authSecret) => {
      const { status, stdout, stderr } = await runCommand(['token'], { environment: { authSecret } });
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/AUTH_SECRET: (is|holds) .*openssl rand -base64 48/);
      expect(stderr).not.toContain(authSecret);
    },
  );
});

describe('create', () => {
  test('creates a task from JSON and prints its id and kind', async () => {
    const { status, stdout } = await taskwire([
      'create',
      'demo.count',
      '--input',
      '{"to":3}',
      '--priority',
      '2',
      '--json',
    ]);
    expect(status).toBe(0);
    expect(jsonLines(stdout)).toMatchObject([{ kind: 'demo.count', input: { to: 3 }, priority: 2 }]);
  });

  test('uploads a file and names it in the input', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'taskwire-cli-'));
    const path = join(folder, 'notes.md');
    await writeFile(path, '# Notes');
    const words = ['create', 'document.ingest', '--file', path, '--input', '{"chunkSize":300}', '--json'];
    const { status, stdout } = await taskwire(words);
    await rm(folder, { recursive: true });
    expect(status).toBe(0);
    const [upload] = server.ports.storedUploads.values();
    expect(upload).toMatchObject({ fileName: 'notes.md', sizeBytes: 7, ownerId: 'ann' });
    expect(jsonLines(stdout)).toMatchObject([{ input: { uploadId: upload?.uploadId, chunkSize: 300 } }]);
  });

  test.each([
    ['1500ms', 1_500],
    ['90s', 90_000],
    ['30m', 1_800_000],
    ['1.5h', 5_400_000],
    ['7d', 604_800_000],
  ])('--timeout %s is a limit of %i ms', async (duration, timeoutMs) => {
    const { stdout } = await taskwire(['create', 'demo.count', '--timeout', duration, '--json']);
    expect(jsonLines(stdout)).toMatchObject([{ timeoutMs }]);
  });

  test.each(['demo.count', 'demo.text'])('creates a %s from nothing but its name', async (kind) => {
    const { status, stdout } = await taskwire(['create', kind, '--json']);
    expect(status).toBe(0);
    expect(jsonLines(stdout)).toMatchObject([{ kind, status: 'queued' }]);
  });

  test('the same idempotency key gives the same task', async () => {
    const words = ['create', 'demo.count', '--idempotency-key', 'k', '--json'];
    const [first, second] = [await taskwire(words), await taskwire(words)];
    expect(jsonLines(second.stdout)[0]?.['taskId']).toBe(jsonLines(first.stdout)[0]?.['taskId']);
  });

  test.each([
    [['create', 'demo.tally'], 'there is no kind "demo.tally"; there is demo.count, demo.text, document.ingest'],
    [['create', 'demo.count', '--input', '{to:3}'], '--input: is not JSON'],
    [['create', 'demo.count', '--input', '[3]'], '--input: must be a JSON object'],
    [['create', 'demo.count', '--input', '{"to":0}'], 'input.to: '],
    [['create', 'demo.count', '--priority', 'high'], 'must be a whole number'],
    [['create', 'demo.count', '--priority', '11'], 'priority: '],
    [['create', 'demo.count', '--file', 'x'], '--file: demo.count takes no file'],
    [['create', 'document.ingest', '--file', '/nowhere/at/all'], '--file: uploadId: /nowhere/at/all cannot be read'],
    [['create', 'document.ingest', '--file', '/'], '--file: uploadId: / is not a file'],
    [['create', 'document.ingest'], 'input.uploadId: '],
    [['create', 'demo.count', '--timeout', '90'], 'a number with a unit'],
    [['create', 'demo.count', '--timeout', '5 min'], 'a number with a unit'],
    [['create', 'demo.count', '--timeout', '1ms'], 'timeoutMs: '],
    [['create', 'demo.count', '--timeout', '8d'], 'timeoutMs: '],
    [['watch'], 'watch what?'],
    [['watch', 'x', '--all'], 'watch what?'],
    [['watch', '--project', 'x', '--all'], 'watch what?'],
    [['watch', 'x', '--stages', 'a'], 'only a project can be filtered'],
    [['watch', '--all', '--types', 'done'], 'only a project can be filtered'],
    [['watch', '--project', 'x', '--types', 'finished'], 'Allowed choices are queued, started'],
    [['watch', '--project', 'x', '--last-event-id', 'y'], 'lastEventId'],
    [['retry'], "missing required argument 'taskId'"],
    [['create'], "missing required argument 'kind'"],
    [['invent'], "unknown command 'invent'"],
    [['list', '--kind', 'demo.tally'], 'kind: '],
  ])('%j is a usage error, said on one line', async (words, message) => {
    const { status, stdout, stderr } = await taskwire(words);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

describe('watch', () => {
  test('prints one line for each message and ends with 0 when the task is done', async () => {
    everyTaskDoes(STARTED, PROGRESS, DONE);
    const taskId = await createdTask();
    const { status, stdout, listeners } = await taskwire(['watch', taskId, '--last-event-id', '1']);
    expect(status).toBe(0);
    expect(stdout).toBe('2 started attempt 1\n3 progress count 1/2, 50 %\n4 done in 1.2 s: {"counted":2}\n');
    expect(listeners).toBe(0);
  });

  test('with --json prints the messages themselves, also after create --watch', async () => {
    everyTaskDoes(STARTED, DONE);
    const { status, stdout, stderr } = await taskwire(['create', 'demo.count', '--watch', '--json']);
    expect(status).toBe(0);
    expect(jsonLines(stdout)).toMatchObject([{ kind: 'demo.count' }, { type: 'snapshot', state: { status: 'done' } }]);
    expect(stderr).toBe('');
  });

  test('ends with 1 when the task ends in error', async () => {
    everyTaskDoes(STARTED, { type: 'error', code: 'HANDLER_FAILED', message: 'out of \u001b[31mnumbers' });
    const taskId = await createdTask();
    const { status, stdout } = await taskwire(['watch', taskId, '--last-event-id', '2']);
    expect(status).toBe(1);
    expect(stdout).toBe('3 error out of \u{FFFD}[31mnumbers (HANDLER_FAILED)\n');
  });

  test('ends with 3 when the task is canceled', async () => {
    everyTaskDoes({ type: 'canceled' });
    expect((await taskwire(['watch', await createdTask()])).status).toBe(3);
  });

  test('Ctrl-C leaves the task running, says how to go on, and ends with 130', async () => {
    everyTaskDoes(STARTED);
    const taskId = await createdTask();
    const onOutput = (text: string, interrupt: () => void) => text.includes('snapshot') && interrupt();
    const { status, stderr, listeners } = await taskwire(['watch', taskId], { onOutput });
    expect(status).toBe(130);
    expect(stderr).toContain(`the task goes on; watch it again with: taskwire watch ${taskId} --last-event-id 2`);
    expect(listeners).toBe(0);
    await vi.waitFor(() => expect(server.openStreams).toBe(0), { timeout: 10_000 });
  });

  test('says once that the server is away, and once that it is back, and misses nothing', async () => {
    everyTaskDoes(STARTED);
    const taskId = await createdTask();
    let cut = false;
    const onOutput = (text: string) => {
      if (cut || !text.includes('snapshot')) return;
      cut = true;
      server.cutStreams();
      for (const event of [PROGRESS, DONE]) server.ports.events.write(taskId, event);
    };
    const { status, stdout, stderr } = await taskwire(['watch', taskId], { onOutput });
    expect(status).toBe(0);
    expect(stdout.match(/^\d+/gm)).toEqual(['2', '3', '4']);
    expect(stderr).toBe('the connection to the server was lost; coming back by itself …\nconnected again\n');
  });

  test('on a terminal draws a bar for each stage, and shows the cursor again at the end', async () => {
    everyTaskDoes(STARTED, { type: 'stage', stage: 'count', status: 'running', weight: 1 }, PROGRESS);
    const taskId = await createdTask();
    let ended = false;
    const onOutput = (text: string) => {
      if (ended || !text.includes('count')) return;
      ended = true;
      server.ports.events.write(taskId, { type: 'log', level: 'warn', message: 'nearly there' });
      server.ports.events.write(taskId, { type: 'stage', stage: 'count', status: 'done', weight: 1 });
      server.ports.events.write(taskId, DONE);
    };
    const { status, stdout } = await taskwire(['watch', taskId], { isTerminal: true, onOutput });
    expect(status).toBe(0);
    const words = stripVTControlCharacters(stdout);
    expect(words).toContain('▸ count  ████████████░░░░░░░░░░░░  1/2');
    expect(words).toContain('log warn: nearly there');
    expect(words).toContain('✓ count  ████████████████████████');
    expect(words).toContain('100 %  done');
    expect(stdout.lastIndexOf('\u001b[?25h')).toBeGreaterThan(stdout.lastIndexOf('\u001b[?25l'));
  });
});

describe('get, list, cancel, search', () => {
  test('get shows a task', async () => {
    everyTaskDoes(STARTED, DONE);
    const { status, stdout } = await taskwire(['get', await createdTask()]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^status +done$/m);
    expect(stdout).toMatch(/^output +{"counted":2}$/m);
  });

  test('list prints a page, newest first, and the cursor of the next', async () => {
    const [, second, third] = [await createdTask(), await createdTask(), await createdTask()];
    const { stdout } = await taskwire(['list', '--limit', '2', '--status', 'queued', 'running', '--json']);
    const page = jsonLines(stdout)[0];
    expect(page).toMatchObject({ items: [{ taskId: third }, { taskId: second }] });
    const rest = await taskwire(['list', '--cursor', String(page?.['nextCursor'])]);
    expect(rest.stdout.trim().split('\n')).toHaveLength(1);
    expect(rest.stderr).toBe('');
  });

  test('an empty list says so on stderr', async () => {
    expect(await taskwire(['list'])).toMatchObject({ status: 0, stdout: '', stderr: 'no tasks\n' });
  });

  test('cancel requests the cancel and shows the task', async () => {
    everyTaskDoes(STARTED);
    const { status, stdout } = await taskwire(['cancel', await createdTask()]);
    expect(status).toBe(0);
    expect(stdout).toContain('canceling');
  });
});

describe('errors', () => {
  const noTask = '00000000-0000-4000-8000-000000000000';

  test('name the fault and the remedy on one line of stderr', async () => {
    const { status, stdout, stderr } = await taskwire(['get', noTask]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toBe('error: there is no such task among yours: taskwire list shows them\n');
  });

  test('with --json are one line of JSON on stderr, naming the field', async () => {
    const { status, stderr } = await taskwire(['get', 'seven', '--json']);
    expect(status).toBe(2);
    expect(jsonLines(stderr)).toMatchObject([{ error: { code: 'INVALID_INPUT', fields: [{ path: 'taskId' }] } }]);
  });

  test('without a token name the command that gets one', async () => {
    const { status, stderr } = await runCommand(['list'], { environment: { url: server.url } });
    expect(status).toBe(1);
    expect(stderr).toContain('export TASKWIRE_TOKEN="$(taskwire token)"');
  });

  test('with a token that the server refuses say so in its words, and advise no other one', async () => {
    const { status, stderr } = await runCommand(['list'], { environment: { url: server.url, token: 'forged' } });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: the token was not accepted: \S/);
    expect(stderr).not.toContain('export');
  });

  test('of an unreachable server name its URL and how to set it', async () => {
    const { status, stderr } = await taskwire(['list', '--url', 'http://127.0.0.1:9']);
    expect(status).toBe(1);
    expect(stderr).toMatch(/cannot reach http:\/\/127\.0\.0\.1:9: .*TASKWIRE_URL/);
  });

  test('of a refused watch name the refusal', async () => {
    const { status, stderr } = await taskwire(['watch', noTask]);
    expect(status).toBe(1);
    expect(stderr).toContain('there is no such task');
  });

  test('without a command print the help, with status 2', async () => {
    const { status, stderr } = await runCommand([]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^Usage: taskwire/);
  });

  test('with --help print the help, with status 0', async () => {
    const { status, stdout } = await runCommand(['create', '--help']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Usage: taskwire create/);
  });
});
