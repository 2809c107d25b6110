import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it, vi } from 'vitest';
import { runProgram } from './run-program.ts';

const { signal } = new AbortController();
const script = (code: string) => [process.execPath, '--eval', code];
const MISSING = 'it is not installed';
const PATIENCE = { timeout: 20_000, interval: 50 };

/** Whether the command of any process contains this text. */
async function isRunning(text: string): Promise<boolean> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const commands = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')));
  return commands.some((command) => command.includes(text));
}

describe('runProgram', () => {
  it('returns the output of a program, which gets a minimal environment', async () => {
    const command = script(
      'console.log(Object.keys(process.env).filter((name) => /URL|SECRET|HOME/.test(name)).join())',
    );
    expect(await runProgram({ command, limitMs: 20_000, signal })).toBe('\n');
  });

  it('passes arguments on as they are: no shell reads them', async () => {
    const command = [...script('console.log(process.argv[1])'), '$(id); "x" > y'];
    expect(await runProgram({ command, limitMs: 20_000, signal })).toBe('$(id); "x" > y\n');
  });

  it.each([
    ['ends with a status', script('process.exit(3)'), 'it ended with status 3'],
    ['is not installed', ['no-such-program'], MISSING],
    ['takes too long', script('setInterval(() => 0, 1e6)'), 'it took longer than 1500 ms'],
    ['prints too much', script('for (;;) require("fs").writeSync(1, "x".repeat(65536))'), 'it printed more than'],
  ])('fails with a reason when a program %s', async (_, command, expected) => {
    const failure: unknown = await runProgram({ command, limitMs: 1_500, signal }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ reason: expect.stringContaining(expected), isMissing: expected === MISSING });
  });

  it('ends a program and its child processes when the signal aborts', async () => {
    const mark = `taskwire-mark-${process.pid}`;
    const child = `require('child_process').spawn(process.execPath, ['--eval', 'setInterval(() => 0, 1e6)', '${mark}'], { stdio: 'ignore' })`;
    const controller = new AbortController();
    const command = script(`${child}; setInterval(() => 0, 1e6)`);
    const running = runProgram({ command, limitMs: 60_000, signal: controller.signal });
    const failed = expect(running).rejects.toThrow('canceled');
    await vi.waitFor(async () => expect(await isRunning(`\0${mark}`)).toBe(true), PATIENCE);
    controller.abort(new Error('canceled'));
    await failed;
    await vi.waitFor(async () => expect(await isRunning(mark)).toBe(false), PATIENCE);
  });
});
