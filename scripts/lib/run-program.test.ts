import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { runProgram } from './run-program.ts';

/** Writes `started`, and `ended` some time after its stop signal. */
const SLOW_END = `
  const { writeFileSync } = require('node:fs');
  process.on('SIGTERM', () => setTimeout(() => { writeFileSync(process.argv[1], 'ended'); process.exit(0); }, 300));
  setInterval(() => {}, 1000);
  writeFileSync(process.argv[1], 'started');
`;

describe('a program', () => {
  it('that cannot be started is an error', async () => {
    await expect(runProgram({ command: 'no-such-program', arguments: [] })).rejects.toThrow('ENOENT');
  });

  it('that is aborted has ended when its caller goes on', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'taskwire-program-'));
    const file = join(folder, 'state');
    const controller = new AbortController();
    const commandLine = ['-e', SLOW_END, file];
    const run = runProgram({ command: process.execPath, arguments: commandLine, signal: controller.signal });
    const outcome = run.then(
      () => undefined,
      (error: unknown) => error,
    );
    await vi.waitFor(async () => expect(await readFile(file, 'utf8')).toBe('started'), { timeout: 20_000 });
    controller.abort();
    expect(await outcome).toMatchObject({ name: 'AbortError' });
    expect(await readFile(file, 'utf8')).toBe('ended');
    await rm(folder, { recursive: true });
  });
});
