import { existsSync } from 'node:fs';
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTemporaryTree, type TemporaryTree } from '../testing/temporary-tree.ts';
import { startService } from './service.ts';
import { Supervisor } from './supervisor.ts';

const WAIT = { timeout: 30_000 };
const STAYS = "console.log(process.pid, 'up'); setInterval(() => {}, 1000);";

let tree: TemporaryTree;
let said: string[];
let supervisor: Supervisor;

beforeEach(async () => {
  tree = await createTemporaryTree();
  said = [];
});
afterEach(async () => {
  await supervisor.stop();
  await tree.remove();
});

/** Supervises Node on a piece of code, which prints its process id and `up`. */
async function supervise(code: string, firstPauseMs = 10): Promise<void> {
  const logFile = join(tree.root, 'sample.log');
  const start = async () => {
    await appendFile(join(tree.root, 'starts'), 'x');
    return startService({
      name: 'sample',
      command: process.execPath,
      arguments: ['--eval', code],
      environment: {},
      folder: tree.root,
      logFile,
    });
  };
  supervisor = await Supervisor.start({ start, say: (line) => said.push(line), firstPauseMs });
}

async function starts(): Promise<number> {
  return (await readFile(join(tree.root, 'starts'), 'utf8')).length;
}

async function readLog(): Promise<string> {
  const { logFile } = supervisor;
  return existsSync(logFile) ? readFile(logFile, 'utf8') : '';
}

function ready(): Promise<void> {
  return supervisor.ready(async () => (await readLog()).includes('up'), 20_000);
}

/** The process that runs now, once it is up. */
async function processId(): Promise<number> {
  await vi.waitFor(async () => expect(await readLog()).toMatch(/^\d+ up/), WAIT);
  return Number((await readLog()).split(' ')[0]);
}

describe('a supervised service', () => {
  it('that is killed is started again, which is said, and its old log is kept', async () => {
    await supervise(STAYS);
    await ready();
    const first = await processId();
    process.kill(first, 'SIGKILL');
    await vi.waitFor(() => expect(said).toContain('sample runs again.'), WAIT);
    expect(said[0]).toMatch(
      /^sample ended by itself \(SIGKILL\)\. It is started again in 0\.01 s; .*sample\.log\.ended$/,
    );
    expect(await readFile(`${supervisor.logFile}.ended`, 'utf8')).toBe(`${first} up\n`);
    const second = await processId();
    expect(second).not.toBe(first);
    expect(await Promise.race([supervisor.failure, Promise.resolve('no failure')])).toBe('no failure');
    await supervisor.stop();
    expect(() => process.kill(second, 0)).toThrow('ESRCH');
    expect(await starts()).toBe(2);
  });

  it('that ends again and again is given up at the fifth time within a minute, with the end of its log', async () => {
    await supervise("console.log(process.pid, 'up'); setTimeout(() => process.exit(3), 200);");
    await ready();
    await expect(supervisor.failure).rejects.toMatchObject({
      message: expect.stringMatching(/^sample has ended 5 times within a minute\. .*\(status 3\)/),
      detail: expect.stringMatching(/^\d+ up$/),
      remedy: expect.stringContaining('sample.log'),
    });
    expect(await starts()).toBe(5);
    expect(said.filter((line) => line.includes('started again'))).toHaveLength(4);
  });

  it('that ends before it was ready for the first time fails at once', async () => {
    await supervise('process.exit(1)');
    await expect(supervisor.failure).rejects.toThrow(/ended by itself/);
    expect(said).toEqual([]);
  });

  it('that is stopped while it waits to be started again is not', async () => {
    await supervise(STAYS, 60_000);
    await ready();
    process.kill(await processId(), 'SIGKILL');
    await vi.waitFor(() => expect(said).toHaveLength(1), WAIT);
    await supervisor.stop();
    expect(await starts()).toBe(1);
  });

  it('that cannot be started again fails', async () => {
    let isFirst = true;
    const logFile = join(tree.root, 'sample.log');
    const start = () => {
      const command = isFirst ? process.execPath : join(tree.root, 'nowhere');
      isFirst = false;
      return startService({
        name: 'sample',
        command,
        arguments: ['--eval', STAYS],
        environment: {},
        folder: tree.root,
        logFile,
      });
    };
    supervisor = await Supervisor.start({ start, say: (line) => said.push(line), firstPauseMs: 1 });
    await ready();
    process.kill(await processId(), 'SIGKILL');
    await expect(supervisor.failure).rejects.toThrow(/could not be started/);
  });
});
