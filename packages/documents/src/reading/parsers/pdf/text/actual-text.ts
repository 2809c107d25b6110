import type { PdfTextItem } from './text-runs.ts';

/** The start or the end of marked content. Outer content contains the pieces between its start and its end. */
export interface ContentMark {
  type: string;
  /** The text that the document states for the glyphs of this content. */
  actualText?: string | null;
}

/** An item of XFA forms: text without a place. */
interface UnplacedText {
  str: string;
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
/** Height difference (parts of the size) below which glyphs are on one line. */
const SAME_LINE = 0.5;

const isShown = ({ str }: PdfTextItem) => str.trim() !== '';
const isMark = (item: PdfTextItem | ContentMark | UnplacedText): item is ContentMark => 'type' in item;
const hasPlace = (item: PdfTextItem | UnplacedText): item is PdfTextItem => 'transform' in item;

function isInLineOf({ transform: [, , c = 0, d = 1, , y = 0] }: PdfTextItem, other: PdfTextItem): boolean {
  return Math.abs((other.transform[5] ?? 0) - y) < Math.hypot(c, d) * SAME_LINE;
}

/**
 * The stated text in the place of its glyphs, as far as they are on the line of the first glyph. pdf.js gives a gap
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

/** Takes items in page order, and gives their text, or the text that the document states for them. */
class StatedText {
  readonly #read: (PdfTextItem | UnplacedText)[] = [];
  #level = 0;
  /** The outermost open content with a stated text. */
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

  /** Content may continue after its page. */
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
 * Replaces glyphs by the text that the document states for them (`/ActualText`). Glyphs of ligatures, of joining
 * scripts, and of letters that the font lacks say little. The outermost content counts.
 * @returns the text items, without the marks.
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
