import { cellsOf, CODE_INDENT, fenceOf, headingOf, isThematicBreak } from './block-starts.ts';
import { htmlBlockOf } from './html-blocks.ts';
import { LineCursor } from './line-cursor.ts';
import { OpenContainers } from './open-containers.ts';
import { OpenLeaf, type BlockHandler } from './open-leaf.ts';

/**
 * Finds the blocks of Markdown (CommonMark with tables and footnotes), line by line. A line takes time in proportion to
 * its length and to at most a hundred containers. Only the open block is held. The modes are those of `OpenLeaf`.
 */
export class BlockParser {
  readonly #handler: BlockHandler;
  readonly #containers = new OpenContainers();
  readonly #leaf: OpenLeaf;
  #wasBlank = false;

  constructor(handler: BlockHandler) {
    this.#handler = handler;
    this.#leaf = new OpenLeaf(handler);
  }

  /** Takes the next line, without its end. */
  line(line: string): void {
    const cursor = new LineCursor(line);
    const isBlank = cursor.isBlank;
    // Blank lines after the first change nothing.
    if (isBlank && this.#wasBlank && this.#leaf.type === 'none') return;
    this.#wasBlank = isBlank;
    const matched = this.#containers.match(cursor);
    if (matched === this.#containers.depth && this.#leaf.take(cursor)) return;
    const opened = this.#openBlocks(cursor, matched);
    if (opened !== 'done') this.#addText(cursor, { matched, isOpened: opened === 'container' });
  }

  /** Takes a piece of a line that is too long to begin a block. */
  continueLine(piece: string): void {
    this.#leaf.addPiece(piece);
  }

  end(): void {
    this.#leaf.close();
  }

  /** Opens the blocks that begin in the line. @returns `done` if the line has no text left for a leaf. */
  #openBlocks(cursor: LineCursor, matched: number): 'done' | 'container' | 'none' {
    let isOpened = false;
    for (;;) {
      if (cursor.isBlank || cursor.indent >= CODE_INDENT) break;
      if (this.#openLeaf(cursor, isOpened ? this.#containers.depth : matched)) return 'done';
      const open = this.#containers.startAt(cursor, this.#leaf.type === 'paragraph');
      if (open === undefined) break;
      if (!isOpened) this.#closeTo(matched);
      isOpened = true;
      const shown = open();
      if (shown !== undefined) this.#leaf.addParagraphLine(shown);
    }
    return isOpened ? 'container' : 'none';
  }

  /** Opens a heading, a rule, fenced code or HTML. @returns whether the line was one. */
  #openLeaf(cursor: LineCursor, depth: number): boolean {
    const open = this.#leafAt(cursor);
    if (open === undefined) return false;
    this.#closeTo(depth);
    open();
    return true;
  }

  /** The step that opens the heading, rule, fence or HTML that begins at the cursor. */
  #leafAt(cursor: LineCursor): (() => void) | undefined {
    const { text, indent, next } = cursor;
    const heading = headingOf(text);
    if (heading !== undefined) return () => this.#handler.onHeading(heading.text, heading.level);
    const marker = fenceOf(text);
    if (marker !== undefined) return () => this.#leaf.startFence(marker, indent);
    if (isThematicBreak(text)) return () => this.#handler.onGap();
    const html = next === '<' ? htmlBlockOf(text, this.#leaf.type === 'paragraph') : undefined;
    return html === undefined ? undefined : () => this.#leaf.startHtml(text, html.end);
  }

  /** Gives the rest of a line to a paragraph, a table or indented code. */
  #addText(cursor: LineCursor, { matched, isOpened }: { matched: number; isOpened: boolean }): void {
    const depth = isOpened ? this.#containers.depth : matched;
    if (cursor.isBlank) {
      this.#closeTo(depth);
      this.#handler.onGap();
      return;
    }
    const isParagraph = this.#leaf.type === 'paragraph';
    // A line without the markers of its paragraph's containers continues the paragraph.
    if (!isParagraph && depth < this.#containers.depth) this.#closeTo(depth);
    if (this.#leaf.type === 'table' && depth === this.#containers.depth) this.#handler.onRow(cellsOf(cursor.text));
    else if (!isParagraph && cursor.indent >= CODE_INDENT) this.#leaf.startCode(cursor);
    else this.#leaf.addParagraphLine(cursor.text);
  }

  #closeTo(depth: number): void {
    this.#leaf.close();
    this.#containers.closeTo(depth);
  }
}
