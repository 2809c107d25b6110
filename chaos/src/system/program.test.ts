import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { useTemporaryFolder } from '@taskwire/test-kit/vitest';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { Program } from './program.ts';

const folder = useTemporaryFolder('chaos-program');
let program: Program;

/** A program that serves after some time, and fails on command. */
const SOURCE = `
process.on('SIGUSR2', () => process.exit(7));
if (process.env.DEAF === 'yes') process.on('SIGTERM', () => undefined);
setTimeout(() => console.log('ready'), Number(process.env.START_MS));
setInterval(() => undefined, 1_000);
`;

beforeAll(async () => {
  await writeFile(join(folder.path, 'main.mjs'), SOURCE);
});
afterEach(() => program.end('SIGKILL'));

function create(startMs = 0, more: { DEAF?: string } = {}): Program {
  program = new Program({
    name: 'worker-1',
    file: join(folder.path, 'main.mjs'),
    variables: { START_MS: String(startMs), ...more },
    readyText: 'ready',
    endWithinMs: 100,
  });
  return program;
}

it('waits for a program that is slow to start, for as long as it runs', async () => {
  const begunAt = performance.now();
  await create(1_500).start();
  expect(performance.now() - begunAt).toBeGreaterThan(1_400);
  expect(program.isRunning()).toBe(true);
});

it('restarts a program that ended by itself, and reports it once', async () => {
  await create().start();
  const before = program.processId;
  program.signal('SIGUSR2');
  await vi.waitFor(() => expect(program.processId).not.toBe(before));
  await vi.waitFor(() => expect(program.isRunning()).toBe(true), { timeout: 20_000 });
  expect(program.takeIrregularities()).toEqual([{ name: 'worker-1', what: 'fell', detail: 'ended by itself: 7' }]);
  expect(program.takeIrregularities()).toEqual([]);
});

it('leaves a program alone that was ended, and starts one process only when it is started again', async () => {
  await create().start();
  await program.end('SIGKILL');
  expect(program.isRunning()).toBe(false);
  expect(program.takeIrregularities()).toEqual([]);
  await Promise.all([program.start(), program.start()]);
  expect(program.output.match(/starts, process/g)).toHaveLength(2);
});

it('kills a program that does not end at its stop signal, and reports it', async () => {
  await create(0, { DEAF: 'yes' }).start();
  await program.end('SIGTERM');
  expect(program.isRunning()).toBe(false);
  expect(program.takeIrregularities()).toMatchObject([{ name: 'worker-1', what: 'hung' }]);
});

it('runs another file at its next start, if it is given one', async () => {
  await create().start();
  await program.end('SIGTERM');
  await writeFile(join(folder.path, 'older.mjs'), `${SOURCE}\nconsole.log('the older one');`);
  program.file = join(folder.path, 'older.mjs');
  await program.start();
  await vi.waitFor(() => expect(program.output).toContain('the older one'));
});
