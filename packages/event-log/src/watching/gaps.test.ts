import { expect, it } from 'vitest';
import { Gaps } from './gaps.ts';

it('keeps a limited number of gaps for a snapshot: clients choose their cursors', () => {
  const gaps = new Gaps<{ seq: number }>();
  const snapshot = { seq: 5 };
  const first = gaps.message(100, snapshot);
  expect(gaps.message(100, snapshot)).toBe(first);
  expect(first).toEqual({ seq: 5, gap: { from: 6, to: 100 } });
  for (let cursor = 101; cursor < 1_000; cursor += 1) gaps.message(cursor, snapshot);
  expect(gaps.message(100, snapshot)).not.toBe(first);
});
