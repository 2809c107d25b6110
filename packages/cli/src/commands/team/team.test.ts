import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { runCommand } from '../../testing/run.ts';

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'taskwire-team-')));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Writes files into the team's folder: path → content. */
async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

function settings(taskwire: unknown): Promise<void> {
  return write({ 'package.json': JSON.stringify({ type: 'module', taskwire }) });
}

/** Runs the command in the team's folder. */
function taskwire(words: string[], workingFolder = folder) {
  return runCommand(words, { workingFolder });
}

test('--version prints the version', async () => {
  expect(await taskwire(['--version'])).toMatchObject({ status: 0, stdout: `${manifest.version}\n` });
});

describe('a wrong setting', () => {
  test.each([
    [{ server: 5 }, /"taskwire\.server" in package\.json must be a path, not 5/],
    [{ worker: ' ' }, /"taskwire\.worker" in package\.json must be a path/],
    [{ page: ['vite'] }, /"taskwire\.page" in package\.json must be a command, such as "vite"/],
    [{ path: 'taskwire' }, /"taskwire\.path" must be the path .* not "taskwire"; without it/],
    [{ path: '/taskwire/' }, /"taskwire\.path" must be the path/],
    [{ path: '/' }, /"taskwire\.path" must be the path/],
    [{ path: '/taskwire?a=1' }, /"taskwire\.path" must be the path/],
    [{ path: 7 }, /"taskwire\.path" must be the path/],
    [{ extensions: '@taskwire/standard-tasks' }, /"taskwire\.extensions" .* list of package names/],
    [{ extensions: [7] }, /"taskwire\.extensions" .* list of package names/],
    [{ sever: 'x' }, /"taskwire\.sever" in .*package\.json: there is no such setting; there are server, worker, page/],
    [['server'], /"taskwire" in .*package\.json must be an object, such as/],
  ])('%j is refused, naming it', async (written, message) => {
    await settings(written);
    const { status, stderr } = await taskwire(['dev']);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });

  test('that package.json is not JSON is said', async () => {
    await write({ 'package.json': '{ "name": ' });
    expect(await taskwire(['dev'])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/is not JSON .*mend it/),
    });
  });

  test('that there is no package.json is said', async () => {
    expect(await taskwire(['dev'], '/')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('there is no package.json in / or above'),
    });
  });
});

describe('a missing file', () => {
  test('is named with its setting and the option', async () => {
    await settings({ server: 'main.ts' });
    await write({ 'main.ts': '' });
    const { status, stderr } = await taskwire(['dev']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/"taskwire\.worker": there is no file .*src\/worker\.ts: create it.* or by --worker path/);
  });

  test.each(['', 'src'])('is one that is a folder: --worker "%s"', async (file) => {
    await settings({ server: 'src/server.ts' });
    await write({ 'src/server.ts': '' });
    const { status, stderr } = await taskwire(['dev', '--worker', file]);
    expect(status).toBe(2);
    expect(stderr).toContain(`"taskwire.worker": there is no file ${join(folder, file)}:`);
  });

  test('of start is named too; an option stands for the setting', async () => {
    await settings({});
    const { status, stderr } = await taskwire(['start', 'server', '--server', 'dist/server.js']);
    expect(status).toBe(2);
    expect(stderr).toContain(join(folder, 'dist/server.js'));
  });
});

describe('migrate', () => {
  test('asks for DATABASE_URL', async () => {
    await settings({});
    expect(await taskwire(['migrate'])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/DATABASE_URL is not set: set it/),
    });
  });

  test('names a package that is not installed, and how to install it', async () => {
    await settings({ extensions: ['@acme/audit'] });
    await write({ '.env': 'DATABASE_URL=postgresql://nobody@127.0.0.1:1/nothing', 'pnpm-lock.yaml': '' });
    const core = await taskwire(['migrate']);
    expect(core.status).toBe(1);
    expect(core.stderr).toMatch(/@taskwire\/server.* is not installed .*: pnpm add @taskwire\/server/);

    await write({
      'node_modules/@taskwire/db/package.json': '{ "exports": { "import": "./index.mjs" } }',
      'node_modules/@taskwire/db/index.mjs': 'export const migrateDatabase = () => ({ applied: ["first"] });',
    });
    const extension = await taskwire(['migrate']);
    expect(extension.stderr).toMatch(/"taskwire\.extensions": @acme\/audit is not installed .*, or take it out/);
  });

  test('names a package whose migrations cannot be loaded', async () => {
    await settings({ extensions: ['@acme/audit'] });
    await write({
      '.env': 'DATABASE_URL=postgresql://from-the-file',
      'node_modules/@taskwire/db/package.json': '{ "exports": { "import": "./index.mjs" } }',
      'node_modules/@taskwire/db/index.mjs': 'export const migrateDatabase = () => ({ applied: [] });',
      'node_modules/@acme/audit/package.json': '{ "exports": { "./migrate": "./migrate.mjs" } }',
      'node_modules/@acme/audit/migrate.mjs': 'throw new Error("a table is missing");',
    });
    expect(await taskwire(['migrate'])).toMatchObject({
      status: 1,
      stderr: 'error: @acme/audit cannot be loaded: a table is missing\n',
    });
  });

  test('applies those of Taskwire, then those of each extension with the same address', async () => {
    await settings({ extensions: ['@acme/audit', '@acme/plain'] });
    await write({
      '.env': 'DATABASE_URL=postgresql://from-the-file',
      'node_modules/@taskwire/db/package.json': '{ "exports": { "import": "./index.mjs" } }',
      'node_modules/@taskwire/db/index.mjs': 'export const migrateDatabase = () => ({ applied: ["first", "second"] });',
      'node_modules/@acme/audit/package.json': '{ "exports": { "./migrate": { "import": "./migrate.mjs" } } }',
      'node_modules/@acme/audit/migrate.mjs':
        'export const migrate = ({ databaseUrl }) => ({ applied: [databaseUrl] });',
      'node_modules/@acme/plain/package.json': '{ "exports": { ".": "./index.mjs" } }',
      'node_modules/@acme/plain/index.mjs': '',
    });
    const { status, stdout } = await taskwire(['migrate']);
    expect(status).toBe(0);
    expect(stdout).toBe(
      [
        '@taskwire/db  2 applied: first, second',
        '@acme/audit  1 applied: postgresql://from-the-file',
        '@acme/plain  has no migrations',
        '',
      ].join('\n'),
    );
  });
});

describe('start', () => {
  const command = [
    process.execPath,
    ...['--conditions=taskwire-source', '--import', import.meta.resolve('tsx')],
    ...[new URL('../../main.ts', import.meta.url).pathname, 'start'],
  ];

  /** Starts the command in a process of its own, from its sources. */
  function run(...words: string[]) {
    return runProgram([...command, ...words]);
  }

  function runProgram([file = '', ...words]: string[]) {
    const environment = { ...process.env, NODE_ENV: undefined, npm_lifecycle_event: undefined, npm_command: undefined };
    const child = spawn(file, words, { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (part: Buffer) => (output += part.toString()));
    const printed = async (text: string): Promise<void> => {
      while (!output.includes(text)) await once(child.stdout, 'data');
    };
    return { child, output: () => output, printed, ended: once(child, 'close').then(() => child.exitCode) };
  }

  test('runs TypeScript and JavaScript, for production, and answers with the status of the program', async () => {
    await settings({ server: 'server.ts' });
    await write({
      'server.ts': 'const status: number = 7; console.log(process.env.NODE_ENV); process.exit(status);',
      'built.js': 'process.kill(process.pid, "SIGKILL");',
    });
    const typescript = run('server');
    expect(await typescript.ended).toBe(7);
    expect(typescript.output()).toBe('production\n');
    expect(await run('worker', '--worker', 'built.js').ended).toBe(128 + 9);
  });

  test('passes each signal on, once', async () => {
    await settings({});
    await write({
      'src/worker.ts': `
        for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => console.log(name));
        process.on('SIGTERM', () => process.exit(0));
        setInterval(() => {}, 1000);
        console.log('up');`,
    });
    const { child, output, printed, ended } = run('worker');
    await printed('up');
    child.kill('SIGINT');
    await printed('SIGINT');
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(output()).toBe('up\nSIGINT\nSIGTERM\n');
  });

  /** A worker that prints SIGTERM and ends. It ends at last if no signal reaches it. */
  const endsOnSignal = `
    process.on('SIGTERM', () => { console.log('SIGTERM'); process.exit(0); });
    setTimeout(() => process.exit(1), 30_000);
    console.log('up ' + process.ppid);`;

  test('ends the program after SIGTERM of npm, whose shell does not pass it on', async () => {
    const script = [...command, 'worker', '--worker', 'worker.js'].map((word) => `"${word}"`).join(' ');
    // With the second command, each shell waits for the first one, in place of becoming it.
    await write({
      'package.json': JSON.stringify({ type: 'module', scripts: { 'start:worker': `${script} && true` } }),
      'worker.js': endsOnSignal,
    });
    const { child, printed } = runProgram(['npm', 'run', 'start:worker']);
    await printed('up');
    child.kill('SIGTERM');
    await printed('SIGTERM');
  });

  test('leaves the program of a start that a shell has put into the background', async () => {
    await settings({});
    await write({ 'worker.js': endsOnSignal });
    const words = command.map((word) => `"${word}"`).join(' ');
    const { child, output, printed } = runProgram(['sh', '-c', `${words} worker --worker worker.js & exit`]);
    await printed('up');
    await vi.waitFor(() => expect(child.exitCode).toBe(0));
    const startId = Number(/up (\d+)/.exec(output())?.[1]);
    // Longer than the interval of the checks.
    await setTimeout(1_500);
    expect(output()).not.toContain('SIGTERM');
    process.kill(startId, 'SIGTERM');
    await printed('SIGTERM');
  });

  test('ends the program when SIGKILL ends the command', async () => {
    await settings({});
    await write({ 'worker.js': endsOnSignal });
    const { child, printed } = run('worker', '--worker', 'worker.js');
    await printed('up');
    child.kill('SIGKILL');
    await printed('SIGTERM');
  });
});
