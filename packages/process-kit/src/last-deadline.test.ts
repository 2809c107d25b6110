import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

let folder: string;
let fifo: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'taskwire-deadline-'));
  fifo = join(folder, 'fifo');
  await promisify(execFile)('mkfifo', [fifo]);
});
afterAll(() => rm(folder, { recursive: true }));

/** How a process ends that runs this code and has a last deadline of a second. */
async function endOf(code: string) {
  const module = JSON.stringify(import.meta.resolve('./last-deadline.ts'));
  const program = `import { open } from 'node:fs'; import { startLastDeadline } from ${module};
    startLastDeadline(1_000, 'killed'); ${code}`;
  const child = spawn(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), '--input-type=module', '--eval', program],
    { stdio: 'ignore' },
  );
  await once(child, 'exit');
  return child.signalCode ?? child.exitCode;
}

it.each([
  ['ends in time', 'process.exit(0)', 0],
  ['has nothing more to do', '', 0],
  ['waits for something', 'setInterval(() => {}, 1000)', 'SIGKILL'],
  ['has a blocked event loop', 'for (;;);', 'SIGKILL'],
  ['has an exit listener that hangs', "process.on('exit', () => { for (;;); }); process.exit(0)", 'SIGKILL'],
  ['exits while a thread of the pool hangs', 'open(FIFO, () => {}); setTimeout(() => process.exit(0), 100)', 'SIGKILL'],
])('a process that %s has its end', async (_name, code, end) => {
  expect(await endOf(code.replace('FIFO', JSON.stringify(fifo)))).toBe(end);
});
