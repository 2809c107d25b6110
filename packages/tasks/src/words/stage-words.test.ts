import type { StageState } from '@taskwire/protocol';
import { expect, it } from 'vitest';
import { runningStage, stageDetail, stageRows } from './stage-words.ts';

const stage: StageState = {
  name: 'parse',
  weight: 6,
  status: 'running',
  current: 120,
  total: 480,
  itemName: 'page 120',
};

it('a stage has its own percent, independent of its weight', () => {
  expect(stageRows([stage], false)[0]).toMatchObject({ title: 'Parse', percent: '25%' });
});

it('a running stage shows its item and its count', () => {
  expect(stageDetail({ ...stage, itemName: 'Introduction' })).toBe('Introduction · 120 of 480');
});

it('the count is left out when the item already contains it', () => {
  expect(stageDetail({ ...stage, itemName: 'page 120 of 480' })).toBe('page 120 of 480');
});

it('a stage that was running shows as stopped once its task has ended', () => {
  expect(stageRows([stage], false)[0]).toMatchObject({ look: 'running', lookWord: 'running' });
  expect(stageRows([stage], true)[0]).toMatchObject({ look: 'stopped', lookWord: 'stopped' });
  expect(runningStage({ status: 'canceled', stages: [stage] })).toBeUndefined();
});

it('the share of a stage follows from the weights', () => {
  const index: StageState = { ...stage, name: 'index', weight: 2 };
  expect(stageRows([stage, index], false).map(({ share }) => share)).toEqual(['75% of the work', '25% of the work']);
});

it('a finished stage shows no item', () => {
  expect(stageDetail({ ...stage, status: 'done', current: 480 })).toBe('480 of 480');
});
