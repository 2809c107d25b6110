import { expect, test } from 'vitest';
import { StreamStatistics } from '../statistics.ts';
import { StreamLimits } from './stream-limits.ts';
import { UnsharedLimits } from './unshared-limits.ts';

test('streams that tRPC’s adapter serves have a limit of their own for each user, and count as streams', () => {
  const limits = new StreamLimits({ perUser: 3, perProcess: 10, filtersPerTopic: 1 }, new StreamStatistics());
  const unshared = new UnsharedLimits(limits, 2);
  const leave = unshared.admit('ada');
  unshared.admit('ada');
  expect(() => unshared.admit('ada')).toThrow('2 streams with connectionParams');
  limits.admit('ada');
  expect(() => limits.admit('ada')).toThrow('3 are the most');
  leave();
  leave();
  unshared.admit('ada');
  expect(() => limits.admit('ada')).toThrow('3 are the most');
  expect(() => unshared.admit('ada')).toThrow('2 streams with connectionParams');
  unshared.admit('grace');
});

test('a refused stream takes no place among those that tRPC’s adapter serves', () => {
  const limits = new StreamLimits({ perUser: 1, perProcess: 10, filtersPerTopic: 1 }, new StreamStatistics());
  const unshared = new UnsharedLimits(limits, 1);
  const leave = limits.admit('ada');
  for (let count = 0; count < 3; count += 1) expect(() => unshared.admit('ada')).toThrow('1 are the most');
  leave();
  unshared.admit('ada');
});
