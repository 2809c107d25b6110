import { describe, expect, it } from 'vitest';
import { percentile, spreadOf, summarize } from './statistics.ts';

describe('spreadOf', () => {
  it('takes the middle value, whatever the order', () => {
    expect(spreadOf([9, 1, 10])).toEqual({ median: 9, min: 1, max: 10 });
  });

  it('takes the mean of the middle two of an even number', () => {
    expect(spreadOf([1, 10, 2, 4])).toEqual({ median: 3, min: 1, max: 10 });
  });

  it('has no median of nothing', () => {
    expect(() => spreadOf([])).toThrow(RangeError);
  });
});

describe('percentile', () => {
  it('is a value that was measured, by its rank', () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([percentile(values, 0.5), percentile(values, 0.99), percentile(values, 1)]).toEqual([50, 99, 100]);
    expect(percentile([7], 0.01)).toBe(7);
  });
});

describe('summarize', () => {
  const base = { watchers: 10, rate: 5, delivered: 50, lost: 0 };

  it('puts the repeats of a run together, and keeps apart what differs by name, watchers, rate or part', () => {
    const summaries = summarize([
      { ...base, name: 'a', p50Ms: 3 },
      { ...base, name: 'b' },
      { ...base, name: 'a', p50Ms: 1 },
      { ...base, name: 'a', watchers: 20 },
      { ...base, name: 'a', rate: 6 },
      { ...base, name: 'a', part: 'x' },
    ]);
    expect(summaries.map(({ name, watchers, rate, part, repeats }) => [name, watchers, rate, part, repeats])).toEqual([
      ['a', 10, 5, undefined, 2],
      ['b', 10, 5, undefined, 1],
      ['a', 20, 5, undefined, 1],
      ['a', 10, 6, undefined, 1],
      ['a', 10, 5, 'x', 1],
    ]);
    expect(summaries[0]?.figures.get('p50Ms')).toEqual({ median: 2, min: 1, max: 3 });
  });

  it('leaves out missing figures instead of counting them as 0', () => {
    const [summary] = summarize([
      { ...base, name: 'a' },
      { ...base, name: 'a', p99Ms: 4, note: 'late' },
    ]);
    expect(summary?.figures.get('p99Ms')).toEqual({ median: 4, min: 4, max: 4 });
    expect(summary?.figures.has('p50Ms')).toBe(false);
    expect(summary?.texts.get('note')).toBe('late');
  });
});
