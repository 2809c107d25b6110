import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually, useTemporaryFolder } from '@taskwire/test-kit/vitest';
import { beforeAll, expect, it } from 'vitest';
import { runProgram } from './testing/run-program.ts';

const folder = useTemporaryFolder('deadline');
let fifo: string;
beforeAll(async () => {
  fifo = join(folder.path, 'fifo');
  await promisify(execFile)('mkfifo', [fifo]);
});

/** Runs code in a process whose last deadline is a second. */
function endOf(code: string) {
  return runProgram(`import { open } from 'node:fs'; import { startLastDeadline } from './last-deadline.ts';
    startLastDeadline(1_000, 'killed'); ${code}`).ended;
}

it.each([
  ['ends in time', 'process.exit(0)', 0],
  ['has nothing more to do', '', 0],
  ['waits for something', 'setInterval(() => {}, 1000)', 'SIGKILL'],
  ['has a blocked event loop', 'for (;;);', 'SIGKILL'],
  ['has an exit listener that hangs', "process.on('exit', () => { for (;;); }); process.exit(0)", 'SIGKILL'],
  ['exits while a thread of the pool hangs', 'open(FIFO, () => {}); setTimeout(() => process.exit(0), 100)', 'SIGKILL'],
])('a process that %s ends', async (_name, code, end) => {
  expect(await endOf(code.replace('FIFO', JSON.stringify(fifo)))).toBe(end);
});

/** Whether a process sleeps for this number of seconds. */
async function isSleeping(seconds: number): Promise<boolean> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'args']);
  return stdout.split('\n').some((line) => line.trim() === `sleep ${seconds}`);
}

it('a process that ends in time leaves nothing behind', async () => {
  const seconds = 1_000_000 + process.pid;
  const program = runProgram(`import { startLastDeadline } from './last-deadline.ts';
    startLastDeadline(${seconds * 1_000}, 'killed'); setInterval(() => {}, 1_000);`);
  await eventually(async () => expect(await isSleeping(seconds)).toBe(true));
  program.kill('SIGTERM');
  expect(await program.ended).toBe('SIGTERM');
  await eventually(async () => expect(await isSleeping(seconds)).toBe(false));
});
