import { describe, expect, it } from 'vitest';
import { parseMetrics, sumOf } from './metrics.ts';

const TEXT = `# HELP reads_total Reads of a log
# TYPE reads_total counter
reads_total{log="task"} 3
reads_total{log="topic"} 4 1700000000000
reads_total_other 9
process_cpu_seconds_total 1.5e-2
`;

describe('parseMetrics', () => {
  it('reads every sample by its name and labels, and no comment', () => {
    expect([...parseMetrics(TEXT)]).toEqual([
      ['reads_total{log="task"}', 3],
      ['reads_total{log="topic"}', 4],
      ['reads_total_other', 9],
      ['process_cpu_seconds_total', 0.015],
    ]);
  });
});

describe('sumOf', () => {
  it('adds up a metric over its labels, and only that metric', () => {
    expect(sumOf(parseMetrics(TEXT), 'reads_total')).toBe(7);
  });

  it('says that a metric is absent instead of calling it 0', () => {
    expect(sumOf(parseMetrics(TEXT), 'writes_total')).toBeUndefined();
  });
});
