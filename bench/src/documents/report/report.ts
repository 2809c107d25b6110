import { renderRows, type TableColumn, type TableRow } from './table-rows.ts';

export interface ReportTable {
  /** Part of the benchmark; the `part` of its JSON lines. */
  part: string;
  title: string;
  columns: readonly TableColumn[];
  rows: readonly TableRow[];
}

/** A figure that has a bound. */
export interface Bound {
  /** Name of the bounded figure, with its unit. */
  name: string;
  value: number;
  /** The least or the greatest value that is allowed. */
  least?: number;
  most?: number;
  digits?: number;
}

/** Prints tables and bounds as they are there: for people, or one JSON object a line. */
export class Report {
  readonly #print: (line: string) => void;
  readonly #isJson: boolean;

  constructor(print: (line: string) => void, { isJson }: { isJson: boolean }) {
    this.#print = print;
    this.#isJson = isJson;
  }

  table({ part, title, columns, rows }: ReportTable): void {
    if (this.#isJson) for (const row of rows) this.#print(JSON.stringify({ part, ...row }));
    else if (rows.length === 0) this.#print(`\n${title}: none`);
    else this.#print(`\n${title}\n\n${renderRows(columns, rows)}`);
  }

  note(text: string): void {
    if (!this.#isJson) this.#print(text);
  }

  bounds(bounds: readonly Bound[]): void {
    if (this.#isJson) for (const bound of bounds) this.#print(JSON.stringify({ ...bound, isMissed: isMissed(bound) }));
    else if (bounds.length > 0) this.#print(`\n${bounds.map(boundLine).join('\n')}`);
  }
}

/** Whether the value is outside its bound. */
export function isMissed({ value, least = -Infinity, most = Infinity }: Bound): boolean {
  return !(value >= least && value <= most);
}

/** A bound in words: `recall@5: 0.97, at least 0.95: held`. */
export function boundLine(bound: Bound): string {
  const { name, value, least, most, digits = 2 } = bound;
  const limits = [
    ...(least === undefined ? [] : [`at least ${least}`]),
    ...(most === undefined ? [] : [`at most ${most}`]),
  ];
  return `${name}: ${value.toFixed(digits)}, ${limits.join(' and ')}: ${isMissed(bound) ? 'missed' : 'held'}`;
}
