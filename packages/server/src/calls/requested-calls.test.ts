import { expect, test } from 'vitest';
import { requestedCalls } from './requested-calls.ts';

const batch = new URLSearchParams('batch=1');
const single = new URLSearchParams();

test.each([
  ['a call', 'task.get', single, { calls: 1, polls: 0 }],
  ['a poll', 'task.poll', single, { calls: 0, polls: 1 }],
  ['a poll by another spelling', 'task%2Epoll', single, { calls: 0, polls: 1 }],
  ['a stream', 'task.onProgress', single, { calls: 0, polls: 0 }],
  ['a batch', 'task.get,task.poll,task.list,task.poll', batch, { calls: 2, polls: 2 }],
  ['a batch whose commas are encoded', 'task.get%2Ctask.list', batch, { calls: 2, polls: 0 }],
  ['a batch with a stream, which tRPC refuses', 'task.onAny,task.get', batch, { calls: 2, polls: 0 }],
  ['commas without a batch: one unknown name', 'task.get,task.list', single, { calls: 1, polls: 0 }],
  ['what cannot be decoded', '%', single, { calls: 1, polls: 0 }],
] as const)('%s is counted as tRPC takes it', (...[, path, query, counted]) => {
  expect(requestedCalls(path, query)).toMatchObject(counted);
});

test('a batch of more calls than a batch may hold is refused, naming the limit', () => {
  const path = Array.from({ length: 51 }, () => 'task.get').join(',');
  expect(() => requestedCalls(path, batch)).toThrow('a batch may hold 50 calls, and this one has 51');
  expect(() => requestedCalls(path.replaceAll(',', '%2C'), batch)).toThrow('50 calls');
});
