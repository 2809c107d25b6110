import { expect, it } from 'vitest';
import { projectLogName } from './log-names.ts';
import { Truth } from './truth.ts';

const LOG = projectLogName('p');
const CHANNEL = 'taskwire:{p}:topic:events';
const json = (seq: number) => JSON.stringify({ seq, type: 'event' });

it('counts a message as after the loss if it was heard before the answer of a flush but published after the flush', () => {
  const truth = new Truth();
  const held = [json(1), json(2)];
  truth.held(LOG, held);
  truth.published(CHANNEL, '90\n{"seq":1,"type":"queued"}');
  truth.markLoss(new Map([[LOG, held]]));
  expect(truth.log(LOG).lossBefore(90)).toBe(2);
  expect(truth.log(LOG).lossBefore(2)).toBe(0);
});

it('knows of a loss although the log was not in Redis when it was emptied, and keeps an earlier one', () => {
  const truth = new Truth();
  truth.published(CHANNEL, '90\n{"seq":1,"type":"queued"}');
  truth.markLoss(new Map());
  expect(truth.log(LOG).hasLosses).toBe(true);
  expect(truth.log(LOG).lossBefore(90)).toBe(0);
  truth.markLoss(new Map([[LOG, [json(90)]]]));
  truth.markLoss(new Map());
  expect(truth.log(LOG).lossBefore(91)).toBe(90);
});
