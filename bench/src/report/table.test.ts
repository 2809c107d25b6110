import { describe, expect, it } from 'vitest';
import { summarize } from './statistics.ts';
import { renderTable } from './table.ts';

const COLUMNS = [
  { key: 'name', heading: 'system', digits: 0 },
  { key: 'watchers', heading: 'watchers', digits: 0 },
  { key: 'p50Ms', heading: 'p50 ms', digits: 1 },
  { key: 'lost', heading: 'lost', digits: 0 },
];
const base = { watchers: 1_000, rate: 5, delivered: 50 };

describe('renderTable', () => {
  it('shows medians, the spread where repeats differ, and a dash for a missing figure', () => {
    const summaries = summarize([
      { ...base, name: 'taskwire', p50Ms: 1.24, lost: 0 },
      { ...base, name: 'taskwire', p50Ms: 3.06, lost: 7 },
      { ...base, name: 'taskwire', p50Ms: 2, lost: 0 },
      { ...base, name: 'b', lost: 0 },
    ]);
    expect(renderTable(COLUMNS, summaries).split('\n')).toEqual([
      'system    watchers         p50 ms     lost',
      '────────  ────────  ─────────────  ───────',
      'taskwire     1,000  2.0 (1.2–3.1)  0 (0–7)',
      'b            1,000              -        0',
    ]);
  });
});
