import { initialTaskState, type TaskEvent, type TaskMessage, type TopicMessage } from '@taskwire/protocol';
import { expect, test, vi } from 'vitest';
import { EncodeOnce } from './encode-once.ts';
import { EncodingBudget } from './encoding-budget.ts';
import { sseTaskEncoder, sseTopicEncoder } from '../formats/sse-format.ts';
import { StreamStatistics } from '../statistics.ts';

test('the budget keeps the latest encodings, within its bytes', () => {
  const budget = new EncodingBudget(100);
  const all = Array.from({ length: 10 }, (_each, index) => budget.remember(index, 40));
  expect(all.map(({ encoded }) => encoded)).toEqual([...Array<undefined>(8).fill(undefined), 8, 9]);
  expect(budget.bytes).toBe(80);
  expect(budget.remember('too long', 200).encoded).toBeUndefined();
  expect(budget.bytes).toBe(0);
});

test('remembering costs the same after any number of dropped encodings', () => {
  const budget = new EncodingBudget(64 * 1_024 * 1_024);
  // If the cost grows with the number of forgotten entries, this takes minutes, and the test times out.
  for (let count = 0; count < 600_000; count += 1) budget.remember(count, 300);
  expect(budget.bytes).toBeGreaterThan(64 * 1_024 * 1_024 - 300);
  expect(budget.remember('last', 300).encoded).toBe('last');
});

test('encodings are dropped oldest first, also after many', () => {
  const budget = new EncodingBudget(1_000);
  const all = Array.from({ length: 10_000 }, (_each, index) => budget.remember(index, 10));
  expect(all.filter(({ encoded }) => encoded !== undefined)).toEqual(all.slice(-100));
  expect(budget.bytes).toBe(1_000);
});

const shared = () => ({ statistics: new StreamStatistics(), budget: new EncodingBudget() });
const stringify = vi.spyOn(JSON, 'stringify');
const timesWritten = (value: object) => stringify.mock.calls.filter(([written]) => written === value).length;

test('an event with different seqs under filters is serialised once, and every message as JSON.stringify does', () => {
  const base = { taskId: 't', projectId: 'p', attempt: 1, at: 1 };
  const event: TaskEvent = { ...base, seq: 7, type: 'log', level: 'info', message: 'a line' };
  const once = new EncodeOnce(sseTopicEncoder, shared());
  const messages: TopicMessage[] = [9, 8, 3].map((fromSeq) => ({ type: 'event', seq: 9, fromSeq, event }));
  for (const message of [{ type: 'event', seq: 9, event } as const, ...messages]) {
    const text = once.chunkOf(message).bare.toString();
    const written = timesWritten(event);
    expect(text).toContain(`\ndata: ${JSON.stringify(message)}\n`);
    expect(written).toBe(1);
  }
});

test('a state that stands for many gaps is serialised once', () => {
  const state = initialTaskState({ taskId: 't', projectId: 'p', kind: 'demo.count' });
  const once = new EncodeOnce(sseTaskEncoder, shared());
  for (let to = 1; to <= 100; to += 1) {
    const message: TaskMessage = { type: 'snapshot', seq: 200, state, gap: { from: 1, to } };
    const text = once.chunkOf(message).bare.toString();
    expect(timesWritten(state)).toBe(1);
    expect(text).toContain(`\ndata: ${JSON.stringify(message)}\n`);
  }
  const later: TaskMessage = { type: 'snapshot', seq: 201, state };
  expect(once.chunkOf(later).bare.toString()).toContain(`\ndata: ${JSON.stringify(later)}\n`);
});
