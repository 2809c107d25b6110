import type { Row } from './rows.ts';
import { rowText } from '../text/segment-text.ts';

/** Number of rows at the head and the foot of a page that may be running headers and footers. */
const OUTERMOST = 3;
/** Largest height difference (points) between running rows. */
const SAME_HEIGHT = 3;
/** Smallest share of the surrounding pages that have a running row. */
const SHARE = 1 / 3;
const FEWEST_PAGES = 2;
/** Number of other rows below which a page keeps its outermost rows. */
const FEWEST_OTHER_ROWS = 3;
/** Largest difference between a page number in a row with other text and the page's own number. */
const FARTHEST_NUMBER = 60;
/** Number of remembered texts of running rows, so that each is kept once. */
const MOST_TEXTS = 10_000;

/** Numbers that stand alone. A number within a word (`A12b`) is part of that word. */
const NUMBERS = /(?<![\p{L}\p{N}])(?:\d+|[ivxlc]+)(?![\p{L}\p{N}])/gu;

/** A row of a page that may repeat on the surrounding pages. */
interface Candidate {
  row: Row;
  y: number;
  text: string;
  /** Its text without numbers. */
  key: string;
  numbers: number[];
}

/** The rows of a page that may be running headers and footers. */
export interface PageMargins {
  page: number;
  /** From the edge of the page inwards. */
  head: Candidate[];
  /** From the edge of the page inwards. */
  foot: Candidate[];
  /** Number of the page's other rows. */
  otherRows: number;
}

const ROMAN: Record<string, number> = { i: 1, v: 5, x: 10, l: 50, c: 100 };

function valueOf(number: string): number {
  if (/^\d/.test(number)) return Number(number);
  const values = number.split('').map((digit) => ROMAN[digit] ?? 0);
  return values.reduce((sum, value, index) => sum + (value < (values[index + 1] ?? 0) ? -value : value), 0);
}

function candidateOf(row: Row): Candidate {
  const text = rowText(row);
  const key = text.replace(NUMBERS, '#').replace(/\s+/g, ' ');
  return { row, y: row.y, text, key, numbers: (text.match(NUMBERS) ?? []).map(valueOf) };
}

/** Collects the facts about a page from which its running rows are found. */
export function marginsOf(page: number, rows: readonly Row[]): PageMargins {
  const head = rows.slice(0, OUTERMOST);
  const foot = rows.slice(OUTERMOST).slice(-OUTERMOST).reverse();
  const otherRows = rows.length - head.length - foot.length;
  return { page, head: head.map(candidateOf), foot: foot.map(candidateOf), otherRows };
}

/** Whether a number is the same on both pages (`same`) or counts with the pages, as a page number does. */
function compareNumbers(numbers: readonly [number, number], pages: readonly [number, number], isBare: boolean) {
  const [number, other] = numbers;
  if (number === other) return 'same';
  const counts = other - number === pages[1] - pages[0] && (isBare || Math.abs(number - pages[0]) <= FARTHEST_NUMBER);
  return counts ? 'counting' : 'different';
}

/** Compares a row of one page with a row of another. */
function compareRows(first: [Candidate, number], second: [Candidate, number]): 'same' | 'counting' | 'different' {
  const [[one, page], [other, otherPage]] = [first, second];
  if (one.key !== other.key || Math.abs(one.y - other.y) > SAME_HEIGHT) return 'different';
  const isBare = !/\p{Letter}{3}/u.test(one.key);
  let result: 'same' | 'counting' = 'same';
  for (const [index, number] of one.numbers.entries()) {
    const numbers = compareNumbers([number, other.numbers[index] ?? Number.NaN], [page, otherPage], isBare);
    if (numbers === 'different') return numbers;
    if (numbers === 'counting') result = numbers;
  }
  return result;
}

/**
 * Finds running headers and footers. The first row of each text stays in the document, so that search finds it once.
 */
export class RunningRows {
  readonly #kept = new Set<string>();

  /** The rows of a page that repeat on the surrounding pages and are kept elsewhere, or that are only a page number. */
  repeated(own: PageMargins, around: readonly PageMargins[]): Set<Row> {
    const rows = [own.head, own.foot].flatMap((edge) => runningIn(edge, own, around));
    return new Set(rows.filter((running) => this.#isKept(running)).map(({ candidate }) => candidate.row));
  }

  /**
   * Keeps the running rows of the first pages before the first page, so that they interrupt no text between pages. The
   * headers of the first page stay in place, and so do table cells.
   * @param around the first page and the pages after it
   * @returns the kept texts.
   */
  keepInFront(first: PageMargins, around: readonly PageMargins[]): string[] {
    const heads = runningIn(first.head, first, around).map(({ candidate }) => candidate.key);
    const edges = around.flatMap((own) => [own.foot, own.head].map((edge) => ({ edge, own })));
    const rows = edges.flatMap(({ edge, own }) => runningIn(edge, own, around));
    return rows
      .filter((running) => !heads.includes(running.candidate.key) && !isTableRow(running) && !this.#isKept(running))
      .map(({ candidate }) => candidate.text);
  }

  /** Whether the text of a row is kept elsewhere, or is only a page number. */
  #isKept({ candidate, isCounting }: RunningRow): boolean {
    if (isCounting && !hasWords(candidate)) return true;
    const text = isCounting ? candidate.key : candidate.text;
    if (this.#kept.has(text)) return true;
    if (this.#kept.size < MOST_TEXTS) this.#kept.add(text);
    return false;
  }
}

interface RunningRow {
  candidate: Candidate;
  /** Whether the row contains the page number. */
  isCounting: boolean;
}

function isTableRow({ candidate, isCounting }: RunningRow): boolean {
  return !isCounting && candidate.row.segments.length > 1;
}

/** The running rows at one edge of a page. Empty if the page has hardly any other row. */
function runningIn(edge: readonly Candidate[], own: PageMargins, around: readonly PageMargins[]): RunningRow[] {
  if (own.otherRows < FEWEST_OTHER_ROWS) return [];
  const others = around.filter(({ page }) => page !== own.page);
  return runningOf(edge, own.page, others);
}

/**
 * The rows at one edge of a page that repeat on other pages. They begin at the edge, because no text lies outside of
 * them. A row of words with a page number is outermost: further in, it is a numbered line of the text.
 */
function runningOf(edge: readonly Candidate[], page: number, others: readonly PageMargins[]): RunningRow[] {
  const running: RunningRow[] = [];
  for (const candidate of edge) {
    const results = others.map(({ page: other, head, foot }) =>
      [...head, ...foot].map((each) => compareRows([candidate, page], [each, other])),
    );
    const pages = results.filter((each) => each.some((result) => result !== 'different')).length;
    const isCounting = results.some((each) => each.includes('counting'));
    const isInside = isCounting && hasWords(candidate) && running.length > 0;
    if (pages < FEWEST_PAGES || pages < results.length * SHARE || isInside) break;
    running.push({ candidate, isCounting });
  }
  return running;
}

function hasWords({ key }: Candidate): boolean {
  return /\p{Letter}{2}/u.test(key);
}
