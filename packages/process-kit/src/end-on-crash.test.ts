import { expect, it } from 'vitest';
import { runProgram } from './testing/run-program.ts';

/** Runs code in a process that hands over as given after a crash, within a second. */
async function crash(code: string, handOver: string) {
  const program = runProgram(`
    import { createLogger } from './logger.ts';
    import { endOnCrash } from './end-on-crash.ts';
    const logger = createLogger({ service: 'worker', level: 'info' });
    endOnCrash({ logger, service: 'worker', longestMs: 1_000, handOver: ${handOver} });
    setInterval(() => {}, 1_000);
    ${code}`);
  return { end: await program.ended, output: () => program.output() };
}

const TASK = "async () => ({ taskId: 't1' })";

it.each([
  ['an exception', "setTimeout(() => { throw new Error('planted'); })"],
  ['a rejection', "Promise.reject(new Error('planted'))"],
  ['a frozen error', "Promise.reject(Object.freeze(new Error('planted')))"],
])('%s that nothing caught ends the process with status 1, once its work is handed over', async (_name, code) => {
  const { end, output } = await crash(code, TASK);
  expect(end).toBe(1);
  expect(output()).toMatch(/"level":60.*"taskId":"t1".*"message":"planted".*"msg":"unexpected error"/);
});

it('a hand-over that fails changes nothing in the end', async () => {
  const { end, output } = await crash("Promise.reject(new Error('planted'))", 'async () => { throw new Error(); }');
  expect(end).toBe(1);
  expect(output()).toMatch(/"level":60.*"message":"planted".*"msg":"unexpected error"/);
});

it('a second error is ignored', async () => {
  const { end, output } = await crash(
    "Promise.reject(new Error('planted')); Promise.reject(new Error('second'));",
    TASK,
  );
  expect(end).toBe(1);
  expect(output()).not.toContain('second');
});

it('a hand-over that never ends is ended by SIGKILL', async () => {
  expect((await crash('Promise.reject(new Error())', '() => new Promise(() => {})')).end).toBe('SIGKILL');
});
