import { expect, it } from 'vitest';
import { describeFaults } from './reporter.ts';

it('says when, what, for how long and in which way', () => {
  const faults = [
    { kind: 'redis-long-stop', atMs: 1_250, forMs: 40_000, target: 0 },
    { kind: 'task-hostile', atMs: 300, forMs: 0, target: 0, how: ['null-item', 'throws-proxy'] },
  ] as const;
  expect(describeFaults(faults)).toEqual([
    '1.3 s redis-long-stop for 40.0 s',
    '0.3 s task-hostile (null-item throws-proxy)',
  ]);
});
