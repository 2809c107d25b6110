import type { Row, Segment } from '../layout/rows.ts';
import type { TextRun } from './text-run.ts';

/** Gap (parts of the smaller size) above which a space follows. */
const SPACE = 0.13;
/** Difference (parts of the size) in height and in size from which text is a superscript. */
const RAISED = 0.15;
const SMALLER = 0.85;

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const SPACE_BETWEEN_IDEOGRAPHS =
  /(?<=[\u3040-\u30ff\u3400-\u9fff\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff60]) +(?=[\u3040-\u30ff\u3400-\u9fff\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff60])/g;
/** A variable, or a unit of length, that stands alone. The `h` of `math.h` is neither. */
const BASE_OF_POWER = /(?:(?<=^|[\s([{+=×·*|\u2212])\p{Letter}|(?<=^|[\s\d([{/×·])[cdkm]?m)$/u;
/** Longest base, with the character before it (UTF-16 units). */
const LONGEST_BASE = 4;
const IDEOGRAPH = /[\u3040-\u30ff\u3400-\u9fff]/;

/** Ordinals are one word: `1st`, `2nd`, `1er`. */
function isOrdinal(number: string, letters: string): boolean {
  return /\d$/.test(number) && /^\p{Letter}{1,3}/u.test(letters);
}

/** Powers are one word with their unit or variable: `km2`, `x2`. A number after a longer word refers to a note. */
function isPower(text: string, exponent: string): boolean {
  return /^[\u2212-]?\d/.test(exponent) && BASE_OF_POWER.test(text.slice(-LONGEST_BASE));
}

function isSuperscript(run: TextRun, base: TextRun): boolean {
  return run.y - base.y > base.size * RAISED && run.size < base.size * SMALLER;
}

/** Whether a space separates a run from the run before, which ends `text`. */
function needsSpace(text: string, left: TextRun, right: TextRun): boolean {
  const gap = right.start >= left.start ? right.start - left.end : left.start - right.end;
  if (right.isSpaced || gap > Math.min(left.size, right.size) * SPACE) return true;
  if (isSuperscript(right, left)) return !isOrdinal(left.text, right.text) && !isPower(text, right.text);
  return isSuperscript(left, right) && /^[\p{Letter}\p{Number}]/u.test(right.text);
}

/** Whether most of the text reads from right to left. */
export function isRightToLeft(runs: readonly TextRun[]): boolean {
  let balance = 0;
  for (const run of runs) {
    if (RIGHT_TO_LEFT.test(run.text)) balance += run.text.length;
    else if (/\p{Letter}/u.test(run.text)) balance -= run.text.length;
  }
  return balance > 0;
}

/** Reverses a line. Numbers, and words from left to right that stand side by side, keep their order. */
function fromRightToLeft(runs: readonly TextRun[]): TextRun[] {
  const turned: TextRun[] = [];
  let leftToRight: TextRun[] = [];
  for (const run of [...runs].reverse()) {
    if (RIGHT_TO_LEFT.test(run.text) || !/[\p{Letter}\p{Number}]/u.test(run.text)) {
      turned.push(...leftToRight.reverse(), run);
      leftToRight = [];
    } else {
      leftToRight.push(run);
    }
  }
  turned.push(...leftToRight.reverse());
  return turned;
}

function joinRuns(runs: readonly TextRun[]): string {
  let text = '';
  let last: TextRun | undefined;
  for (const run of runs) {
    if (last !== undefined) {
      if (!text.endsWith(' ') && !run.text.startsWith(' ') && needsSpace(text, last, run)) text += ' ';
    }
    text += run.text;
    last = run;
  }
  return text;
}

function textOf({ runs }: Segment): string {
  const [first] = runs;
  if (runs.length === 1 && first !== undefined) return first.text;
  return joinRuns(isRightToLeft(runs) ? fromRightToLeft(runs) : runs);
}

/** The text of a row in reading order, with spaces between its segments. */
export function rowText({ segments }: Row): string {
  const [first] = segments;
  if (segments.length === 1 && first !== undefined) return tidy(textOf(first));
  const texts = segments.map(textOf);
  if (isRightToLeft(segments.flatMap(({ runs }) => runs))) texts.reverse();
  return tidy(texts.join(' '));
}

/** Removes spaces between ideographs, which are distances between letters. */
function tidy(text: string): string {
  return (IDEOGRAPH.test(text) ? text.replace(SPACE_BETWEEN_IDEOGRAPHS, '') : text).trim();
}
