import type { PdfLine } from '../layout/paragraphs.ts';

const LONGEST_HEADING = 120;
/** Smallest factor by which a heading is larger than the running text. */
const LARGER = 1.14;

/** Tells headings from running text: they are short, and larger than most of the document so far. */
export class PdfHeadings {
  readonly #charactersBySize = new Map<number, number>();

  /** Counts a page's text. Call it before the first question about its paragraphs. */
  learn(lines: readonly PdfLine[]): void {
    for (const { size, text } of lines) {
      this.#charactersBySize.set(size, (this.#charactersBySize.get(size) ?? 0) + text.length);
    }
  }

  isHeading({ text, size }: PdfLine): boolean {
    return size >= this.#usualSize() * LARGER && text.length <= LONGEST_HEADING && /\p{Letter}{2}/u.test(text);
  }

  #usualSize(): number {
    let usual = { size: 0, characters: 0 };
    for (const [size, characters] of this.#charactersBySize) {
      if (characters > usual.characters) usual = { size, characters };
    }
    return usual.size;
  }
}
