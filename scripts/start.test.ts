import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import getPort from 'get-port';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { environmentWith } from './env.ts';
import { inRepository, repositoryRoot } from './lib/repository.ts';
import { createTemporaryTree, type TemporaryTree } from './testing/temporary-tree.ts';

const MINUTES = 60_000;

let tree: TemporaryTree;

beforeAll(async () => {
  tree = await createTemporaryTree({});
});

afterAll(() => tree.remove());

interface Run {
  child: ChildProcess;
  output: () => string;
  status: Promise<number | null>;
}

/** Runs `start` on a data folder of this test, on stores that it starts itself. */
function start(...commandLine: string[]): Run {
  const child = spawn(
    process.execPath,
    [inRepository('scripts', 'run.mjs'), inRepository('scripts', 'start.ts'), `--data=${tree.root}`, ...commandLine],
    {
      cwd: repositoryRoot,
      env: environmentWith({ DATABASE_URL: undefined, REDIS_URL: undefined, PORT: undefined, NO_COLOR: '1' }),
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { child, output: () => output, status: new Promise((resolve) => child.once('close', resolve)) };
}

/** The command lines of all processes, as `ps` shows them to every user: process id, then the words. */
async function readCommandLines(): Promise<string> {
  return (await promisify(execFile)('ps', ['-eo', 'pid=,args='])).stdout;
}

/** The process id of the built api or worker of this repository. */
async function processOf(program: string): Promise<number> {
  const path = inRepository('apps', program, 'dist', 'main.js');
  const line = (await readCommandLines()).split('\n').find((each) => each.includes(path));
  return Number(line?.trim().split(' ')[0]);
}

describe('start', () => {
  it('ingests a document, serves both pages, restarts dead services, and stops on a signal; leaves nothing running', async () => {
    const url = `http://127.0.0.1:${await getPort()}`;
    const run = start('--port', new URL(url).port);
    try {
      await vi.waitFor(() => expect(run.output()).toContain('Ctrl-C stops everything.'), 5 * MINUTES);
      expect(run.output()).toMatch(/A search for “.+” finds\n +page \d+ /);
      expect(run.output()).toMatch(
        /React app {2}http:\/\/127\.0\.0\.1:\d+\/#code=[\w-]{22}\n +Vue app .*\/vue\/#code=[\w-]{22}\n/,
      );
      for (const page of ['/', '/vue/', '/readyz']) expect((await fetch(`${url}${page}`)).status).toBe(200);

      for (const program of ['worker', 'api']) {
        process.kill(await processOf(program), 'SIGKILL');
        await vi.waitFor(() => expect(run.output()).toContain(`${program} runs again.`), MINUTES);
        await vi.waitFor(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200), MINUTES);
      }
      expect(run.output()).toMatch(/worker ended by itself \(SIGKILL\)\. It is started again in 0\.5 s/);
      expect(run.output()).not.toContain('ended 5 times');
      for (const file of ['redis.password', 'postgres.password']) {
        const password = await readFile(join(tree.root, file), 'utf8');
        expect(run.output() + (await readCommandLines())).not.toContain(password);
      }

      const second = start('--port', String(await getPort()));
      expect(await second.status).toBe(1);
      expect(second.output()).toMatch(/already runs .*\n\n.*Ctrl-C/);
    } finally {
      run.child.kill('SIGTERM');
    }
    expect(await run.status, run.output()).toBe(0);
    await expect(fetch(url)).rejects.toThrow();
  });

  it('with --once ends by itself, with status 0 after a task that is done, on the data of the time before', async () => {
    const run = start('--once', '--port', String(await getPort()));
    expect(await run.status, run.output()).toBe(0);
    expect(run.output()).toContain('Database schema · up to date');
    expect(run.output()).toMatch(/\bdone in /);
  });

  it('says which port is taken, and starts nothing', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const run = start('--once', '--port', String(port));
    expect(await run.status).toBe(1);
    expect(run.output().trim()).toMatch(new RegExp(`^Port ${port} is in use .*\\n\\n.*--port`));
    await new Promise((resolve) => server.close(resolve));
  });
});
