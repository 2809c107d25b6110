import type { Block } from './columns.ts';
import type { Hyphenation } from '../text/hyphenation.ts';
import { rowText } from '../text/segment-text.ts';

/** A line of a page, or the lines of a paragraph. */
export interface PdfLine {
  text: string;
  /** The size (points) of most of the text, rounded to half a point. */
  size: number;
  /** The height (points) of its first line in the page's frame. */
  y: number;
  /** Its parts stand apart, as table cells do. */
  isTableRow: boolean;
}

/**
 * Factor of the page's usual distance, or of the line's own size (a heading of two lines), up to which lines belong
 * together.
 */
const USUAL_TIMES = 1.35;
const SIZE_TIMES = 1.45;

/** The lines of a block, from top to bottom. */
export function linesOf(block: Block): PdfLine[] {
  const lines: PdfLine[] = [];
  for (const row of block) {
    const text = rowText(row);
    if (text === '') continue;
    const [first] = row.segments;
    const size = row.segments.length > 1 ? row.size : (first?.size ?? row.size);
    lines.push({ text, size: Math.round(size * 2) / 2, y: row.y, isTableRow: row.segments.length > 1 });
  }
  return lines;
}

/** The distance between most lines of a page. */
function usualDistance(blocks: readonly PdfLine[][]): number {
  const distances = blocks
    .flatMap((lines) => lines.map((line, index) => (lines[index - 1]?.y ?? line.y) - line.y))
    .filter((distance) => distance > 0)
    .sort((left, right) => left - right);
  return distances[Math.floor((distances.length - 1) / 2)] ?? 0;
}

/** An unfinished sentence at the foot of a column continues at the head of the next column. */
function goesOn(foot: PdfLine, head: PdfLine): boolean {
  if (foot.size !== head.size || foot.isTableRow || head.isTableRow) return false;
  return /[\p{Letter},;\u2010-]$/u.test(foot.text) && /^\p{Lowercase}/u.test(head.text);
}

function isClose(previous: PdfLine, line: PdfLine, usual: number): boolean {
  const distance = previous.y - line.y;
  return (
    previous.size === line.size && distance >= 0 && distance <= Math.max(usual * USUAL_TIMES, line.size * SIZE_TIMES)
  );
}

/**
 * Joins the lines of a page's blocks to paragraphs. A paragraph begins after a larger distance, at another size, and at
 * each line of `breaks`.
 */
export function paragraphsOf(
  blocks: readonly PdfLine[][],
  hyphenation: Hyphenation,
  breaks: ReadonlySet<PdfLine>,
): PdfLine[] {
  const usual = usualDistance(blocks);
  const paragraphs: PdfLine[] = [];
  let previous: PdfLine | undefined;
  for (const lines of blocks) {
    for (const [index, line] of lines.entries()) {
      const last = paragraphs.at(-1);
      const runsOn =
        previous !== undefined &&
        !breaks.has(line) &&
        (index === 0 ? goesOn(previous, line) : isClose(previous, line, usual));
      if (last !== undefined && runsOn) last.text = joinTo(last.text, { previous, line, hyphenation });
      else paragraphs.push({ ...line });
      previous = line;
    }
  }
  return paragraphs;
}

function joinTo(
  text: string,
  { previous, line, hyphenation }: { previous: PdfLine | undefined; line: PdfLine; hyphenation: Hyphenation },
): string {
  if (previous?.isTableRow === true && line.isTableRow) return `${text}\n${line.text}`;
  return hyphenation.join(text, line.text);
}
