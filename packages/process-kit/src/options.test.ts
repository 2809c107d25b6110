import { expect, it } from 'vitest';
import { namedByOptions, withOptions } from './options.ts';

const names = { concurrency: 'WORKER_CONCURRENCY', demoTasks: 'DEMO_TASKS', logLevel: 'LOG_LEVEL' };
interface Options {
  concurrency?: number;
  demoTasks?: boolean;
  logLevel?: string;
}
const optionsOf = (options: Options): Required<Options> | Options => options;

it('an option wins over its variable, and an absent one leaves the variable as it is', () => {
  const environment = { WORKER_CONCURRENCY: '2', LOG_LEVEL: 'warn', OTHER: 'x' };
  expect(withOptions(optionsOf({ concurrency: 8, demoTasks: true }), names, environment)).toEqual({
    ...{ WORKER_CONCURRENCY: '8', DEMO_TASKS: 'on', LOG_LEVEL: 'warn', OTHER: 'x' },
  });
});

it('an empty text is a value, and not an absent one', () => {
  expect(withOptions(optionsOf({ logLevel: '' }), names, { LOG_LEVEL: 'warn' })).toEqual({ LOG_LEVEL: ' ' });
});

it('a problem names the option that was given, and otherwise the variable', () => {
  const problems = ['WORKER_CONCURRENCY: is not a number: give one', 'LOG_LEVEL: is unknown: give info'];
  expect(namedByOptions(problems, optionsOf({ concurrency: -1 }), names)).toEqual([
    'concurrency: is not a number: give one',
    'LOG_LEVEL: is unknown: give info',
  ]);
});
