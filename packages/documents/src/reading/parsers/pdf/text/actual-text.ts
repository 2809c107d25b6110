import type { PdfTextItem } from './text-runs.ts';

/** Begins or ends a piece of marked content. A piece of outer content holds the pieces between its begin and end. */
export interface ContentMark {
  type: string;
  /** The text that the document states; its glyphs only show it. */
  actualText?: string | null;
}

/** An item of forms of XFA: text without a place. */
interface UnplacedText {
  str: string;
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
/** Glyphs whose heights differ by less than this (parts of the size) stand in one line. */
const SAME_LINE = 0.5;

const isShown = ({ str }: PdfTextItem) => str.trim() !== '';
const isMark = (item: PdfTextItem | ContentMark | UnplacedText): item is ContentMark => 'type' in item;
const hasPlace = (item: PdfTextItem | UnplacedText): item is PdfTextItem => 'transform' in item;

function isInLineOf({ transform: [, , c = 0, d = 1, , y = 0] }: PdfTextItem, other: PdfTextItem): boolean {
  return Math.abs((other.transform[5] ?? 0) - y) < Math.hypot(c, d) * SAME_LINE;
}

/**
 * The text in the place of the glyphs that show it, as far as they stand in the line of the first. pdf.js gives a gap
 * before them as white space.
 */
function inPlaceOf(items: readonly PdfTextItem[], text: string): PdfTextItem[] {
  const begin = Math.max(0, items.findIndex(isShown));
  const [first, ...others] = items.slice(begin);
  const gap = items.slice(0, begin);
  if (first === undefined || text === '') return gap;
  const line = [first, ...others.filter((other) => isInLineOf(first, other))];
  const end = Math.max(...line.map(({ transform, width }) => (transform[4] ?? 0) + width));
  const width = Math.max(first.width, end - (first.transform[4] ?? 0));
  return [...gap, { ...first, str: text, dir: RIGHT_TO_LEFT.test(text) ? 'rtl' : 'ltr', width }];
}

/** Takes items in the order of the page, and gives their text with what the document states in its place. */
class StatedText {
  readonly #read: (PdfTextItem | UnplacedText)[] = [];
  #level = 0;
  /** The outermost content whose text is stated, while it lasts. */
  #stated: { text: string; level: number; glyphs: PdfTextItem[] } | undefined;

  text(item: PdfTextItem | UnplacedText): void {
    if (this.#stated !== undefined && hasPlace(item)) this.#stated.glyphs.push(item);
    else this.#read.push(item);
  }

  mark({ type, actualText }: ContentMark): void {
    if (type === 'endMarkedContent') {
      if (this.#stated?.level === this.#level) this.#put();
      this.#level -= 1;
      return;
    }
    this.#level += 1;
    if (typeof actualText === 'string') this.#stated ??= { text: actualText, level: this.#level, glyphs: [] };
  }

  /** Content may not end on its page. */
  end(): (PdfTextItem | UnplacedText)[] {
    this.#put();
    return this.#read;
  }

  #put(): void {
    if (this.#stated !== undefined) this.#read.push(...inPlaceOf(this.#stated.glyphs, this.#stated.text));
    this.#stated = undefined;
  }
}

/**
 * Puts the text that a document itself states (`/ActualText`) in the place of the glyphs that show it: the glyphs of
 * ligatures, of scripts whose letters join, and of letters that the font lacks say little. Outer content counts.
 * @returns the items of text, without the marks.
 */
export function withActualText(
  items: readonly (PdfTextItem | ContentMark | UnplacedText)[],
): (PdfTextItem | UnplacedText)[] {
  const read = new StatedText();
  for (const item of items) {
    if (isMark(item)) read.mark(item);
    else read.text(item);
  }
  return read.end();
}
