/** A cell; undefined: not measured. */
export type Cell = string | number | undefined;

/** A column of a table: the key of its cells, its heading, and digits behind the point of numbers. */
export interface TableColumn {
  key: string;
  heading: string;
  digits?: number;
}

export type TableRow = Readonly<Record<string, Cell>>;

const ABSENT = '-';

/** Texts to the left, numbers to the right, two spaces in between. */
export function renderRows(columns: readonly TableColumn[], rows: readonly TableRow[]): string {
  const isText = columns.map(({ key }) => rows.some((row) => typeof row[key] === 'string'));
  const cells = rows.map((row) => columns.map(({ key, digits = 0 }) => show(row[key], digits)));
  const shown = [columns.map(({ heading }) => heading), ...cells];
  const widths = columns.map((_, index) => Math.max(...shown.map((row) => (row[index] ?? '').length)));
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

function show(cell: Cell, digits: number): string {
  if (cell === undefined) return ABSENT;
  if (typeof cell === 'string') return cell;
  return cell.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
