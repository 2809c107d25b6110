/** The part of a text item of pdf.js that is needed here. `transform` is a PDF matrix: [4] and [5] are x and y. */
export interface PdfTextItem {
  str: string;
  transform: readonly unknown[];
  hasEOL: boolean;
}

/** A line of text on a page: its size in points, and its height above the page's lower edge. */
export interface PdfLine {
  text: string;
  size: number;
  y: number;
}

function sizeOf(item: PdfTextItem): number {
  const size = Math.hypot(Number(item.transform[2]), Number(item.transform[3]));
  return Math.round(size * 2) / 2;
}

/** Puts the text items of a page together to lines. A line's size is that of most of its characters. */
export function linesOf(items: Iterable<PdfTextItem>): PdfLine[] {
  const lines: PdfLine[] = [];
  let open: PdfTextItem[] = [];
  const close = () => {
    const text = open
      .map((item) => item.str)
      .join('')
      .trim();
    const longest = open.reduce<PdfTextItem | undefined>(
      (best, item) => (item.str.length > (best?.str.length ?? 0) ? item : best),
      undefined,
    );
    if (text !== '' && longest !== undefined)
      lines.push({ text, size: sizeOf(longest), y: Number(longest.transform[5]) });
    open = [];
  };
  for (const item of items) {
    open.push(item);
    if (item.hasEOL) close();
  }
  close();
  return lines;
}

/** The distance between most lines of a page. */
function usualDistance(lines: readonly PdfLine[]): number {
  const distances = lines
    .map((line, index) => (lines[index - 1]?.y ?? line.y) - line.y)
    .filter((distance) => distance > 0)
    .sort((left, right) => left - right);
  return distances[Math.floor((distances.length - 1) / 2)] ?? 0;
}

/** Joins two lines of a paragraph; a word that was divided at the line's end becomes whole again. */
function joinLines(first: string, second: string): string {
  const divided = /\p{Lowercase}[-\u2010\u00ad]$/u.test(first) && /^\p{Lowercase}/u.test(second);
  return divided ? first.slice(0, -1) + second : `${first} ${second}`;
}

/** Lines belong together up to this many times the page's usual distance, or their own size (a heading of two lines). */
const USUAL_TIMES = 1.35;
const SIZE_TIMES = 1.45;

/** Joins lines to paragraphs: a new one begins after a larger distance, after a jump upward, and at another size. */
export function paragraphsOf(lines: readonly PdfLine[]): PdfLine[] {
  const usual = usualDistance(lines);
  const paragraphs: PdfLine[] = [];
  let previous: PdfLine | undefined;
  for (const line of lines) {
    const last = paragraphs.at(-1);
    const distance = previous === undefined ? 0 : previous.y - line.y;
    const near = Math.max(usual * USUAL_TIMES, line.size * SIZE_TIMES);
    const runsOn = distance >= 0 && distance <= near && previous?.size === line.size;
    if (last !== undefined && runsOn) last.text = joinLines(last.text, line.text);
    else paragraphs.push({ ...line });
    previous = line;
  }
  return paragraphs;
}
