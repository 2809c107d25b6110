import { describe, expect, it } from 'vitest';
import { boundLine, isMissed, Report } from './report.ts';

const table = {
  part: 'reading',
  title: 'What is read',
  columns: [
    { key: 'format', heading: 'format' },
    { key: 'recall', heading: 'recall', digits: 4 },
    { key: 'note', heading: 'note' },
  ],
  rows: [
    { format: 'PDF', recall: 0.99, note: 'one' },
    { format: 'HTML', recall: undefined, note: undefined },
  ],
};

function printed(isJson: boolean, use: (report: Report) => void): string {
  const lines: string[] = [];
  use(new Report((line) => lines.push(line), { isJson }));
  return lines.join('\n');
}

describe('Report', () => {
  it('shows a table with numbers to the right, and a dash for a missing figure', () => {
    expect(printed(false, (report) => report.table(table)).split('\n')).toEqual([
      '',
      'What is read',
      '',
      'format  recall  note',
      '──────  ──────  ────',
      'PDF     0.9900  one',
      'HTML         -  -',
    ]);
  });

  it('says that there is nothing in place of an empty table', () => {
    expect(printed(false, (report) => report.table({ ...table, rows: [] }))).toBe('\nWhat is read: none');
  });

  it('prints one JSON object a row, and no notes', () => {
    const output = printed(true, (report) => {
      report.table(table);
      report.note('a note');
      report.bounds([{ name: 'recall', value: 0.9, least: 0.95 }]);
    });
    expect(output.split('\n').map((line): unknown => JSON.parse(line))).toEqual([
      { part: 'reading', format: 'PDF', recall: 0.99, note: 'one' },
      { part: 'reading', format: 'HTML' },
      { name: 'recall', value: 0.9, least: 0.95, isMissed: true },
    ]);
  });
});

describe('a bound', () => {
  it('is held at its limit and missed beyond it', () => {
    expect(boundLine({ name: 'recall@5', value: 0.95, least: 0.95 })).toBe('recall@5: 0.95, at least 0.95: held');
    expect(boundLine({ name: 'p95 (ms)', value: 100.4, most: 100, digits: 1 })).toBe(
      'p95 (ms): 100.4, at most 100: missed',
    );
  });

  it('is missed by a value that is not a number', () => {
    expect(isMissed({ name: 'x', value: Number.NaN, least: 0 })).toBe(true);
  });
});
