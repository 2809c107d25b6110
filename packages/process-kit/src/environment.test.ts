import { expect, it } from 'vitest';
import * as z from 'zod';
import { logLevel, oneOf, optionalWholeNumber, text, wholeNumber } from './environment-values.ts';
import { EnvironmentError, parseEnvironment } from './environment.ts';
import { runProgram } from './testing/run-program.ts';

const schema = z.object({
  NAME: text('give the name of the test'),
  COUNT: wholeNumber({ min: 1, max: 9, default: 5, meaning: 'the number of things' }),
  DAYS: optionalWholeNumber({ min: 1, max: 9, meaning: 'the number of days', leftOut: 'to keep it for ever' }),
  MODE: oneOf(['on', 'off'], 'off', 'give on, or leave it out'),
  LOG_LEVEL: logLevel(),
});

it('an absent or empty variable has its default', () => {
  const variables = { NAME: 'x', COUNT: '', MODE: undefined };
  expect(parseEnvironment(variables, { schema })).toEqual({
    ...{ NAME: 'x', COUNT: 5, MODE: 'off', LOG_LEVEL: 'info' },
  });
});

it('the error has a line for each bad variable, with fault and remedy, and no value', () => {
  const variables = { COUNT: '5hunter2', DAYS: '0', MODE: 'hunter2', LOG_LEVEL: 'hunter2' };
  const problemsOf = () => ['MODE: is refused here: leave it out'];
  const parse = () => parseEnvironment(variables, { schema, problemsOf });
  expect(parse).toThrow(EnvironmentError);
  expect(parse).toThrow(
    [
      'NAME: is missing: give the name of the test',
      'COUNT: is not a whole number from 1 to 9: give the number of things, or leave it out for 5',
      'DAYS: is not a whole number from 1 to 9: give the number of days, or leave it out to keep it for ever',
      'MODE: is unknown: give on, or leave it out',
      'LOG_LEVEL: is unknown: give one of fatal, error, warn, info, debug, trace, silent',
      'MODE: is refused here: leave it out',
    ].join('\n'),
  );
});

it.each(['1.5', '-1', '1e0', '0x1', ' 1', '10', '99999999999999999999'])(
  '%j is no whole number from 1 to 9',
  (value) => {
    expect(() => parseEnvironment({ NAME: 'x', COUNT: value }, { schema })).toThrow(/^COUNT: is not a whole number/);
  },
);

it('a process with a bad variable writes the lines and ends with status 2', async () => {
  const program = runProgram(`import { EnvironmentError, environmentOrExit } from './environment.ts';
    environmentOrExit(() => { throw new EnvironmentError(['A: is missing: give a', 'B: is missing: give b']); });`);
  expect(await program.ended).toBe(2);
  expect(program.output()).toBe('A: is missing: give a\nB: is missing: give b\n');
});
