import { describe, expect, it } from 'vitest';
import { parseOptions, USAGE } from './options.ts';
import { UsageError } from './usage-error.ts';

describe('parseOptions', () => {
  it('leaves missing options to the benchmark', () => {
    expect(parseOptions(['fanout'])).toEqual({
      scenario: 'fanout',
      peers: undefined,
      repeats: 3,
      watchers: undefined,
      rates: undefined,
      seconds: 5,
      json: false,
      plot: undefined,
    });
  });

  it('takes lists of servers, watchers and rates', () => {
    const words = ['--', 'latency', '--peers', 'nchan, trpc', '--watchers', '1,1000', '--rate', '10,200', '--json'];
    expect(parseOptions(words)).toMatchObject({
      scenario: 'latency',
      peers: ['nchan', 'trpc'],
      watchers: [1, 1_000],
      rates: [10, 200],
      json: true,
    });
  });

  it.each([
    ['--repeats', ['fanout', '--repeats', '0']],
    ['--watchers', ['fanout', '--watchers', '10,many']],
    ['--rate', ['fanout', '--rate', '']],
    ['--seconds', ['fanout', '--seconds', '1.5']],
    ['--colour', ['fanout', '--colour']],
    ['"fanin"', ['fanin']],
    ['"latency"', ['fanout', 'latency']],
    ['none was named', []],
  ])('names %s when it is wrong', (option, words) => {
    expect(() => parseOptions(words)).toThrow(UsageError);
    expect(() => parseOptions(words)).toThrow(option);
  });

  it('ignores all other options beside --help', () => {
    expect(parseOptions(['--help'])).toBeUndefined();
    expect(USAGE).toContain('--watchers');
  });
});
