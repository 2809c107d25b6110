import { expect, it, vi } from 'vitest';
import { runProgram, type Program } from './testing/run-program.ts';

const SOON = { timeout: 20_000, interval: 20 };

/** Starts a process that stops on a signal as `running` says, within a second. */
async function startProgram(running: string): Promise<Program> {
  const program = runProgram(`
    import { createLogger } from './logger.ts';
    import { stopOnSignal } from './stop-on-signal.ts';
    const logger = createLogger({ service: 'api', level: 'info' });
    stopOnSignal(${running}, { service: 'api', deadlineMs: 1_000, logger, details: () => ({ tasks: 3 }) });
    setInterval(() => {}, 1_000);
    logger.info('ready');`);
  await vi.waitFor(() => expect(program.output()).toContain('"msg":"ready"'), SOON);
  return program;
}

const NEVER = '{ stop: () => new Promise(() => {}), unclosed: ["queue"] }';

it.each(['SIGTERM', 'SIGINT'] as const)('%s stops the process in order: status 0', async (signal) => {
  const program = await startProgram('{ stop: async () => {}, unclosed: [] }');
  program.kill(signal);
  expect(await program.ended).toBe(0);
  expect(program.output()).toMatch(new RegExp(`"signal":"${signal}","tasks":3,"msg":"stopping".*\n.*"msg":"stopped"`));
});

it.each([
  ['a resource stays open', '{ stop: async () => {}, unclosed: ["queue"] }', 'not everything was closed'],
  ['the stop fails', '{ stop: async () => { throw new Error(); }, unclosed: ["queue"] }', 'could not stop in order'],
  ['the deadline passes', NEVER, 'could not stop within 1000 ms'],
])('status 1, with a line that names what is open: %s', async (_name, running, message) => {
  const program = await startProgram(running);
  program.kill('SIGTERM');
  expect(await program.ended).toBe(1);
  expect(program.output()).toMatch(new RegExp(`"level":50,.*"unclosed":\\["queue"\\],"msg":"${message}"`));
});

it('a copy of the signal is ignored', async () => {
  const program = await startProgram(NEVER);
  // Two kinds: the kernel delivers one of a kind that waits.
  program.kill('SIGINT');
  program.kill('SIGTERM');
  expect(await program.ended).toBe(1);
  expect(program.output()).toContain('could not stop within');
});

it('a process that cannot end is killed, with last words', async () => {
  const program = await startProgram('{ stop: () => { for (;;); }, unclosed: [] }');
  program.kill('SIGTERM');
  expect(await program.ended).toBe('SIGKILL');
  await vi.waitFor(() => expect(program.output()).toContain('taskwire api: killed, 2000 ms after SIGTERM'), SOON);
});
