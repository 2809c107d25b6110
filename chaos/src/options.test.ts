import { describe, expect, it } from 'vitest';
import { parseOptions, UsageError, USAGE } from './options.ts';
import { WHOLE_PLAN } from './plan/make-plan.ts';

describe('parseOptions', () => {
  it('plays ten rounds of everything on a fresh seed if nothing is said', () => {
    expect(parseOptions([], 42)).toMatchObject({ seed: 42, json: false, peers: false, limits: WHOLE_PLAN });
    expect(parseOptions([], 42)?.rounds).toHaveLength(10);
  });

  it('takes a seed, a number of rounds, one round, and what to limit it to', () => {
    expect(parseOptions(['--seed', '7', '--rounds', '3', '--json'], 42)).toMatchObject({
      seed: 7,
      rounds: [1, 2, 3],
      json: true,
    });
    expect(parseOptions(['--', '--round', '5', '--faults', 'trim,api-kill', '--transports', 'sse'], 42)).toMatchObject({
      rounds: [5],
      limits: { faults: ['trim', 'api-kill'], transports: ['sse'] },
    });
    expect(parseOptions(['--faults', 'none'], 42)?.limits.faults).toEqual([]);
  });

  it.each([
    ['--seed', ['--seed', 'x']],
    ['--rounds', ['--rounds', '0']],
    ['--round', ['--round', '1.5']],
    ['--faults', ['--faults', 'earthquake']],
    ['--transports', ['--transports', 'window']],
    ['--colour', ['--colour']],
  ])('names %s when it is wrong', (option, words) => {
    expect(() => parseOptions(words, 42)).toThrow(UsageError);
    expect(() => parseOptions(words, 42)).toThrow(option);
  });

  it('leaves everything else aside when help is asked for', () => {
    expect(parseOptions(['--help'], 42)).toBeUndefined();
    expect(USAGE).toContain('--seed');
  });
});
