import { expect, it } from 'vitest';
import { EnvironmentError, type Variables } from './environment.ts';
import { readOptions } from './options.ts';

const names = { concurrency: 'WORKER_CONCURRENCY', demoTasks: 'DEMO_TASKS', logLevel: 'LOG_LEVEL', origins: 'ORIGINS' };
interface Options {
  concurrency?: number;
  demoTasks?: boolean;
  logLevel?: string;
  origins?: readonly string[];
}

function variablesOf(options: Options, environment: Variables): Variables {
  return readOptions<Options, Variables>({ options, names, environment }, (variables) => variables);
}

it('an option wins over its variable, and an absent one leaves the variable as it is', () => {
  const environment = { WORKER_CONCURRENCY: '2', LOG_LEVEL: 'warn', OTHER: 'x' };
  expect(variablesOf({ concurrency: 8, demoTasks: true }, environment)).toEqual({
    ...{ WORKER_CONCURRENCY: '8', DEMO_TASKS: 'on', LOG_LEVEL: 'warn', OTHER: 'x' },
  });
});

it('an empty text or list is a value, and not an absent one', () => {
  const environment = { LOG_LEVEL: 'warn', ORIGINS: 'a' };
  expect(variablesOf({ logLevel: '', origins: [] }, environment)).toEqual({ LOG_LEVEL: ' ', ORIGINS: ' ' });
});

it('a list has commas between its texts', () => {
  expect(variablesOf({ origins: ['a', 'b'] }, {})).toEqual({ ORIGINS: 'a,b' });
});

it('a problem names the option that was given, and otherwise the variable', () => {
  const refuse = () => {
    throw new EnvironmentError(['WORKER_CONCURRENCY: is not a number: give one', 'LOG_LEVEL: is unknown: give info']);
  };
  expect(() => readOptions<Options, never>({ options: { concurrency: -1 }, names, environment: {} }, refuse)).toThrow(
    new EnvironmentError(['concurrency: is not a number: give one', 'LOG_LEVEL: is unknown: give info']),
  );
});
