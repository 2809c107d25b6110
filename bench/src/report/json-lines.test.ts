import { describe, expect, it } from 'vitest';
import { jsonLine } from './json-lines.ts';
import { summarize } from './statistics.ts';

describe('jsonLine', () => {
  it('gives medians under the keys of a measurement, and the spread of what differs, in one line', () => {
    const base = { name: 'nchan', watchers: 10, rate: 5, delivered: 50, lost: 0, note: 'two\nlines' };
    const [summary] = summarize([
      { ...base, p50Ms: 1 / 3 },
      { ...base, p50Ms: 1 },
      { ...base, p50Ms: 3 },
    ]);
    const line = summary === undefined ? '' : jsonLine(summary);
    expect(line).not.toContain('\n');
    expect(JSON.parse(line)).toEqual({ ...base, repeats: 3, p50Ms: 1, spread: { p50Ms: [0.3333, 3] } });
  });
});
