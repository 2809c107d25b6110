import type { StageState } from '@taskwire/protocol';
import { describe, expect, it } from 'vitest';
import { announcement, barSegments, taskWindowTitle, timeLine } from './task-progress.ts';

const stage: StageState = {
  name: 'parse',
  weight: 6,
  status: 'running',
  current: 120,
  total: 480,
  itemName: 'page 120',
};

describe('barSegments', () => {
  it('gives each stage a segment of its weight', () => {
    expect(barSegments({ percent: 25, stages: [stage] })).toEqual([{ name: 'parse', weight: 6, fraction: 0.25 }]);
  });

  it('gives one segment while the stages are unknown', () => {
    expect(barSegments({ percent: 40 })).toEqual([{ name: 'whole', weight: 1, fraction: 0.4 }]);
  });
});

describe('taskWindowTitle', () => {
  it('has the percent until the task has ended', () => {
    expect(taskWindowTitle('a.pdf', { status: 'running', percent: 12.7 })).toBe('12% a.pdf');
    expect(taskWindowTitle('a.pdf', { status: 'done', percent: 100 })).toBe('a.pdf');
  });
});

describe('timeLine', () => {
  it('distinguishes waiting, running, ended, and ended without a start', () => {
    expect(timeLine({})).toBe('Waiting for a worker');
    expect(timeLine({ startedAt: 0, eta: { ms: 90_000 } })).toMatch(/^Started at .* · about 1 min 30 s left$/);
    expect(timeLine({ startedAt: 0, endedAt: 29_000 })).toBe('Took 29 s');
    expect(timeLine({ endedAt: 29_000 })).toBe('Never started');
  });
});

describe('announcement', () => {
  it('stays the same while only figures change, so that screen readers do not repeat it', () => {
    const before = announcement({ status: 'running', stages: [stage] });
    expect(announcement({ status: 'running', stages: [{ ...stage, current: 121, itemName: 'page 121' }] })).toBe(
      before,
    );
  });
});
