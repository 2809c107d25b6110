import type { Column } from '../scenario.ts';
import type { Summary } from './statistics.ts';

const ABSENT = '-';

function figure(value: number, digits: number): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** A cell: the median, with the least and greatest behind it where repeats differ in what is shown. */
export function cellOf(summary: Summary, { key, digits }: Column): string {
  switch (key) {
    case 'name':
      return summary.name;
    case 'part':
      return summary.part ?? ABSENT;
    case 'watchers':
      return figure(summary.watchers, 0);
    case 'rate':
      return figure(summary.rate, 0);
    default:
      return figureCell(summary, key, digits);
  }
}

function figureCell(summary: Summary, key: string, digits: number): string {
  const spread = summary.figures.get(key);
  if (spread === undefined) return summary.texts.get(key) ?? ABSENT;
  const [median, min, max] = [spread.median, spread.min, spread.max].map((value) => figure(value, digits));
  return min === max ? (median ?? '') : `${median ?? ''} (${min ?? ''}–${max ?? ''})`;
}

/** Texts to the left, figures to the right, two spaces in between. */
export function renderTable(columns: readonly Column[], summaries: readonly Summary[]): string {
  const rows = summaries.map((summary) => columns.map((column) => cellOf(summary, column)));
  const shown = [columns.map((column) => column.heading), ...rows];
  const widths = columns.map((_, index) => Math.max(...shown.map((row) => row[index]?.length ?? 0)));
  const isText = columns.map(
    ({ key }) => key === 'name' || key === 'part' || summaries.some(({ texts }) => texts.has(key)),
  );
  const lines = shown.map((row) =>
    row
      .map((cell, index) =>
        isText[index] === true ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [lines[0] ?? '', rule, ...lines.slice(1)].join('\n');
}
