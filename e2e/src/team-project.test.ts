import { appendFile, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTestRedis, type TestRedis } from '@taskwire/test-kit';
import { createEmptyDatabase, eventually, useTemporaryFolder, type TestDatabase } from '@taskwire/test-kit/vitest';
import getPort from 'get-port';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { RunningProcess } from './process.ts';

const MINUTE = 60_000;
const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const PACKAGES = ['cli', 'dev-stack', 'server', 'tasks', 'worker'];

const FILES = {
  'package.json': JSON.stringify({ name: 'team', type: 'module', taskwire: { page: 'node page.mjs' } }),
  'page.mjs': "console.log('sees', process.env.TASKWIRE_URL, process.env.VITE_TASKWIRE_TOKEN.length > 50);",
  'src/tasks.ts': `
    import { defineTask } from '@taskwire/tasks';
    import * as z from 'zod';
    import { stage } from './stage.js';
    export const tick = defineTask({
      kind: 'clock.tick',
      summary: 'Ticks until a time',
      input: z.object({ ticks: z.int() }),
      output: z.object({ version: z.string() }),
      stages: [{ name: stage, weight: 1 }],
    });`,
  'src/stage.ts': "export const stage = 'tick';",
  'src/server.ts': `
    import { createTaskwireServer } from '@taskwire/server';
    import { tick } from './tasks.ts';
    await createTaskwireServer({ tasks: [tick] }).listen();`,
  'src/worker.ts': `
    import { setTimeout as delay } from 'node:timers/promises';
    import { createTaskwireWorker, handle } from '@taskwire/worker';
    import { tick } from './tasks.ts';
    import { version } from './version.ts';
    const handler = handle(tick, (ctx, { ticks }) => ctx.stage('tick', async (stage) => {
      for (let done = 1; done <= ticks; done += 1) {
        await delay(100, undefined, { signal: stage.signal });
        await stage.progress(done, ticks);
      }
      return { version };
    }));
    await createTaskwireWorker({ tasks: [tick], handlers: [handler] }).start();`,
  'src/version.ts': "export const version: string = 'first';",
};

const folder = useTemporaryFolder('team');
let database: TestDatabase;
let redis: TestRedis;
let variables: Record<string, string>;
let dev: RunningProcess;

beforeAll(async () => {
  [database, redis] = await Promise.all([createEmptyDatabase(), createTestRedis()]);
  variables = { DATABASE_URL: database.databaseUrl, REDIS_URL: redis.redisUrl, NO_COLOR: '1' };
  for (const name of PACKAGES) await link(join('packages', name), join('@taskwire', name));
  await link('packages/tasks/node_modules/zod', 'zod');
  for (const [path, content] of Object.entries(FILES)) await write(path, content);
});

afterEach(async () => {
  await dev.stop('SIGKILL');
});

afterAll(async () => {
  await Promise.all([database.drop(), redis.stop()]);
});

async function link(target: string, name: string): Promise<void> {
  const path = join(folder.path, 'node_modules', name);
  await mkdir(dirname(path), { recursive: true });
  await symlink(join(REPOSITORY, target), path);
}

async function write(path: string, content: string): Promise<void> {
  await mkdir(dirname(join(folder.path, path)), { recursive: true });
  await writeFile(join(folder.path, path), content);
}

/** Runs the built command in the team's folder. */
function taskwire(words: string[], more: Record<string, string> = {}): RunningProcess {
  const command = join(REPOSITORY, 'packages/cli/dist/main.js');
  return new RunningProcess(command, { ...variables, ...more }, { words, folder: folder.path });
}

async function startDev(port: number): Promise<void> {
  dev = taskwire(['dev', '--port', String(port)]);
  await dev.printed('Ctrl-C stops everything.');
}

/** The variables that the command needs to reach the server of `taskwire dev`. */
function session(port: number): Record<string, string> {
  const token = /token +(\S+)/.exec(dev.output)?.[1] ?? '';
  return { TASKWIRE_URL: `http://127.0.0.1:${port}`, TASKWIRE_TOKEN: token };
}

function parsed(line: string): Record<string, unknown> {
  const value: Record<string, unknown> = JSON.parse(line);
  return value;
}

async function createTask(port: number, ticks: number): Promise<string> {
  const created = taskwire(['create', 'clock.tick', '--input', JSON.stringify({ ticks }), '--json'], session(port));
  expect(await created.ended, created.output).toBe(0);
  return String(parsed(created.output)['taskId']);
}

/** The process ids that the programs' notes name. */
async function processIds(): Promise<number[]> {
  const notes = ['server', 'worker'].map((name) =>
    readFile(join(folder.path, '.taskwire/run', `${name}.process`), 'utf8'),
  );
  return (await Promise.all(notes)).map((note) => Number.parseInt(note, 10));
}

function expectGone(ids: readonly number[]): Promise<void> {
  return eventually(() => {
    for (const id of ids) expect(() => process.kill(id, 0)).toThrow('ESRCH');
  });
}

describe("taskwire dev in a team's repository", () => {
  it(
    'hands a running task over when a file changes: its watcher sees every event once',
    async () => {
      const port = await getPort();
      await startDev(port);
      expect(dev.output).toMatch(/Database schema · @taskwire\/db: \d+ applied/);
      expect(dev.output).toContain(`sees http://127.0.0.1:${port} true`);

      const taskId = await createTask(port, 60);
      const watched = taskwire(['watch', taskId, '--json'], session(port));
      await watched.printed('"type":"progress"');
      await write('src/version.ts', "export const version: string = 'second';");
      expect(await watched.ended, watched.output).toBe(0);

      const [first, ...messages] = watched.output.trim().split('\n').map(parsed);
      const start = Number(first?.['seq']);
      expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_message, index) => start + 1 + index));
      expect(messages.at(-1)).toMatchObject({ type: 'done', attempt: 2, output: { version: 'second' } });
      expect(messages.filter(({ type }) => type === 'error')).toEqual([]);
      expect(dev.output).toContain('worker restarted: src/version.ts changed');
      expect(dev.output).not.toContain('server restarted');
    },
    2 * MINUTE,
  );

  it(
    'shows an error in a file that both import, waits for a change, and goes on',
    async () => {
      const port = await getPort();
      await startDev(port);
      await write('src/stage.ts', "export const stage = 'tick");
      await dev.printed('server waits, and is started again when one of its files changes.');
      await dev.printed('worker waits, and is started again when one of its files changes.');
      expect(dev.output).toMatch(/worker │ .*src\/stage\.ts:1:\d+: ERROR: Unterminated string literal/);
      await write('src/stage.ts', "export const stage = 'tick';");
      await dev.printed('server restarted: src/stage.ts changed');
      await dev.printed('worker restarted: src/stage.ts changed');
      await createTask(port, 1);
    },
    2 * MINUTE,
  );

  it(
    'is found by the command in its folder, and stops everything at Ctrl-C',
    async () => {
      await startDev(await getPort());
      const kinds = taskwire(['kinds']);
      expect(await kinds.ended, kinds.output).toBe(0);
      expect(kinds.output).toContain('clock.tick');

      const ids = await processIds();
      expect(await dev.stop('SIGINT')).toBe(0);
      expect(await readdir(join(folder.path, '.taskwire'))).not.toContain('access.json');
      expect(dev.output).toContain('everything that was started is stopped');
      await expectGone(ids);
    },
    2 * MINUTE,
  );

  it(
    'that is killed leaves nothing behind; another one refuses to run beside it',
    async () => {
      const port = await getPort();
      await startDev(port);
      const second = taskwire(['dev', '--port', String(await getPort())]);
      expect(await second.ended).toBe(1);
      expect(second.output).toMatch(/already runs with the data folder .*\.taskwire/);

      const ids = await processIds();
      await dev.stop('SIGKILL');
      await expectGone(ids);
      await startDev(port);
      await appendFile(join(folder.path, 'src/version.ts'), '\n');
      await dev.printed('worker restarted');
    },
    2 * MINUTE,
  );
});
