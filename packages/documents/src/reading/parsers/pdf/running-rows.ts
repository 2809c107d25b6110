import type { Row } from './rows.ts';
import { rowText } from './segment-text.ts';

/** Rows at the head and the foot of a page that can be running headers and footers. */
const OUTERMOST = 3;
/** Points by which the height of a running row differs at most. */
const SAME_HEIGHT = 3;
/** A running row stands on at least this share of the pages around, and on so many of them. */
const SHARE = 1 / 3;
const FEWEST = 2;
/** A row with other text has a number that is at most so far from the page's own to be a page number. */
const FARTHEST_NUMBER = 60;
/** Texts of running rows that are remembered, so that each is kept once. */
const MOST_TEXTS = 10_000;

const NUMBERS = /\d+|\b[ivxlc]+\b/g;

/** A row of a page that may repeat on the pages around. */
interface Candidate {
  row: Row;
  y: number;
  /** Its text without numbers. */
  key: string;
  numbers: number[];
}

/** The rows of a page that may be running headers and footers. */
export interface PageMargins {
  page: number;
  candidates: Candidate[];
}

const ROMAN: Record<string, number> = { i: 1, v: 5, x: 10, l: 50, c: 100 };

function valueOf(number: string): number {
  if (/^\d/.test(number)) return Number(number);
  let sum = 0;
  for (const [index, digit] of [...number].entries()) {
    const value = ROMAN[digit] ?? 0;
    sum += value < (ROMAN[number[index + 1] ?? ''] ?? 0) ? -value : value;
  }
  return sum;
}

function candidateOf(row: Row): Candidate {
  const text = rowText(row);
  const key = text.replace(NUMBERS, '#').replace(/\s+/g, ' ');
  return { row, y: row.y, key, numbers: (text.match(NUMBERS) ?? []).map(valueOf) };
}

/** What has to be known of a page to find its running rows. */
export function marginsOf(page: number, rows: readonly Row[]): PageMargins {
  const outermost = new Set([...rows.slice(0, OUTERMOST), ...rows.slice(-OUTERMOST)]);
  return { page, candidates: [...outermost].map(candidateOf) };
}

/** Numbers are the same on both pages, or count with the pages. */
function isSameRow(first: [Candidate, number], second: [Candidate, number]): boolean {
  const [[one, page], [other, otherPage]] = [first, second];
  if (one.key !== other.key || Math.abs(one.y - other.y) > SAME_HEIGHT) return false;
  const isBare = !/\p{Letter}{3}/u.test(one.key);
  return one.numbers.every((number, index) => {
    const otherNumber = other.numbers[index] ?? Number.NaN;
    if (otherNumber === number) return true;
    return otherNumber - number === otherPage - page && (isBare || Math.abs(number - page) <= FARTHEST_NUMBER);
  });
}

/** Finds running headers and footers; the first row of each text stays, so that it is found once. */
export class RunningRows {
  readonly #kept = new Set<string>();

  /** The rows of a page that repeat on the pages around it and stood on an earlier page already. */
  repeated(own: PageMargins, around: readonly PageMargins[]): Set<Row> {
    const repeated = new Set<Row>();
    for (const candidate of own.candidates) {
      const pages = around.filter(
        ({ page, candidates }) =>
          page !== own.page && candidates.some((other) => isSameRow([candidate, own.page], [other, page])),
      ).length;
      if (pages < FEWEST || pages < (around.length - 1) * SHARE) continue;
      if (this.#kept.has(candidate.key) || !/\p{Letter}{2}/u.test(candidate.key)) repeated.add(candidate.row);
      else if (this.#kept.size < MOST_TEXTS) this.#kept.add(candidate.key);
    }
    return repeated;
  }
}
