import type { StageState } from '@taskwire/protocol';
import { describe, expect, it } from 'vitest';
import { attemptRemark } from './remark.ts';
import { announcement, runningStage, stageDetail, stageLook, stagePercent, stageShare } from './stage-words.ts';
import { timeLine } from './task-words.ts';

const stage: StageState = {
  name: 'parse',
  weight: 6,
  status: 'running',
  current: 120,
  total: 480,
  itemName: 'page 120',
};

describe('a stage in words', () => {
  it('has its own percent, whatever its weight', () => {
    expect(stagePercent(stage)).toBe(25);
  });

  it('tells the item and the count while it runs', () => {
    expect(stageDetail({ ...stage, itemName: 'Introduction' })).toBe('Introduction · 120 of 480');
  });

  it('does not count twice what the item counts already', () => {
    expect(stageDetail({ ...stage, itemName: 'page 120 of 480' })).toBe('page 120 of 480');
  });

  it('does not look as if it ran once its task has ended', () => {
    expect(stageLook(stage, false)).toBe('running');
    expect(stageLook(stage, true)).toBe('stopped');
    expect(runningStage({ status: 'canceled', stages: [stage] })).toBeUndefined();
  });

  it('has a share of the work by its weight', () => {
    const index: StageState = { ...stage, name: 'index', weight: 2 };
    expect([stage, index].map((each) => stageShare(each, [stage, index]))).toEqual([
      '75% of the work',
      '25% of the work',
    ]);
  });

  it('tells no item once it is done', () => {
    expect(stageDetail({ ...stage, status: 'done', current: 480 })).toBe('480 of 480');
  });
});

describe('timeLine', () => {
  it('tells waiting, running, ended, and ended before it began apart', () => {
    expect(timeLine({})).toBe('Waiting for a worker');
    expect(timeLine({ startedAt: 0, eta: { ms: 90_000 } })).toMatch(/^Started at .* · about 1 min 30 s left$/);
    expect(timeLine({ startedAt: 0, endedAt: 29_000 })).toBe('Took 29 s');
    expect(timeLine({ endedAt: 29_000 })).toBe('Never started');
  });
});

describe('announcement', () => {
  it('stays the same while only figures change, so that it is not read out over and over', () => {
    const before = announcement({ status: 'running', stages: [stage] });
    expect(announcement({ status: 'running', stages: [{ ...stage, current: 121, itemName: 'page 121' }] })).toBe(
      before,
    );
  });
});

describe('attemptRemark', () => {
  it('says why an attempt failed and when the next one starts', () => {
    const remark = attemptRemark({
      status: 'retrying',
      attempt: 1,
      error: { code: 'HANDLER_FAILED', message: 'disk full' },
      retryDelayMs: 2_000,
    });
    expect(remark).toEqual({
      tone: 'warn',
      title: 'Attempt 1 failed',
      text: 'Disk full. The next one starts in 2 s.',
    });
  });

  it('is silent about a first attempt', () => {
    expect(attemptRemark({ status: 'running', attempt: 1 })).toBeUndefined();
  });
});
