import { expect, it } from 'vitest';
import { runProgram } from './testing/run-program.ts';

const LINES = 'A: is missing: give a\nB: is missing: give b\n';

/** Runs code that may throw `wrong`, an error of settings. */
async function endOf(code: string): Promise<{ end: unknown; output: string }> {
  const program = runProgram(`import { EnvironmentError } from './environment.ts';
    const wrong = new EnvironmentError(['A: is missing: give a', 'B: is missing: give b']); ${code}`);
  return { end: await program.ended, output: program.output() };
}

it.each([
  ['at the top of a module', 'throw wrong;'],
  ['later', 'setTimeout(() => { throw wrong; }, 1);'],
  ['in a promise at the top of a module', 'await Promise.reject(wrong);'],
  ['in a promise', 'void Promise.reject(wrong);'],
])(
  'an error of settings that nothing catches, %s, ends the process with its lines and status 2',
  async (_name, code) => {
    expect(await endOf(code)).toEqual({ end: 2, output: LINES });
  },
);

it('one that is caught, or listened for, ends nothing', async () => {
  expect(await endOf('try { throw wrong; } catch { console.log("caught"); }')).toEqual({ end: 0, output: 'caught\n' });
  const listening =
    "process.on('uncaughtException', () => console.log('heard')); setTimeout(() => { throw wrong; }, 1);";
  expect(await endOf(listening)).toEqual({ end: 0, output: 'heard\n' });
});

it('any other error that nothing catches keeps its stack', async () => {
  const { end, output } = await endOf("throw new Error('other');");
  expect(end).toBe(1);
  expect(output).toMatch(/Error: other\n +at /);
});
