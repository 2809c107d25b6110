import {
  cellsOf,
  fenceOf,
  footnoteOf,
  headingOf,
  isTableStart,
  isThematicBreak,
  listMarkerOf,
  underlineLevel,
} from './block-starts.ts';
import { htmlBlockOf } from './html-blocks.ts';
import { LineCursor } from './line-cursor.ts';

/** Quotes and list items that are told apart; the markers of deeper ones are text. Bounds the time for each line. */
const DEEPEST = 100;
/** A paragraph is handed on in pieces of about this length (characters). */
const LONGEST_PIECE = 131_072;
/** Columns that make a line code. */
const CODE_INDENT = 4;

/** Receives the blocks of a document in order. Texts are Markdown; code and HTML come line by line. */
export interface BlockHandler {
  onHeading: (text: string, level: number) => void;
  /** @param isContinued whether it goes on the paragraph before. */
  onParagraph: (text: string, isContinued: boolean) => void;
  onRow: (cells: string[]) => void;
  onCode: (line: string) => void;
  onHtml: (line: string) => void;
  onHtmlEnd: () => void;
  /** A blank line or a rule: what follows stands apart. */
  onGap: () => void;
}

/** A block that others may stand in: a quote, or a list item with the indentation (columns) of its content. */
type Container = { type: 'quote' } | { type: 'item'; indent: number };

/** The block that lines go to. */
type Leaf =
  | { type: 'none' }
  | { type: 'paragraph'; lines: string[]; length: number; isContinued: boolean }
  | { type: 'fence'; marker: string; indent: number }
  | { type: 'code'; blankLines: number }
  | { type: 'html'; end: RegExp | undefined }
  | { type: 'table' };

/**
 * Finds the blocks of Markdown (CommonMark with tables and footnotes), line by line. Each line takes time for its length
 * and for at most a hundred containers; only the open block is held.
 *
 * No leaf → paragraph, fence, code, html or table, by the line that begins it → no leaf, by a line that ends it.
 */
export class BlockParser {
  readonly #handler: BlockHandler;
  #containers: Container[] = [];
  #leaf: Leaf = { type: 'none' };
  #wasBlank = false;

  constructor(handler: BlockHandler) {
    this.#handler = handler;
  }

  /** Takes the next line, without its end. */
  line(line: string): void {
    const cursor = new LineCursor(line);
    const isBlank = cursor.isBlank;
    // Blank lines after the first change nothing.
    if (isBlank && this.#wasBlank && this.#leaf.type === 'none') return;
    this.#wasBlank = isBlank;
    const matched = this.#matchContainers(cursor);
    if (matched === this.#containers.length && this.#continueLeaf(cursor)) return;
    const opened = this.#openBlocks(cursor, matched);
    if (opened !== 'done') this.#addText(cursor, { matched, isOpened: opened === 'container' });
  }

  /** Takes a piece of a line that is too long to be a block's beginning. */
  continueLine(piece: string): void {
    if (this.#leaf.type === 'fence' || this.#leaf.type === 'code') this.#handler.onCode(piece);
    else if (this.#leaf.type === 'html') this.#handler.onHtml(piece);
    else this.#addParagraphLine(piece);
  }

  end(): void {
    this.#closeLeaf();
  }

  /** @returns the number of open containers that the line goes on. */
  #matchContainers(cursor: LineCursor): number {
    for (const [index, container] of this.#containers.entries()) {
      if (container.type === 'quote') {
        if (cursor.indent >= CODE_INDENT || cursor.next !== '>') return index;
        cursor.skipMarker(1);
        cursor.skipColumns(1);
      } else if (!cursor.isBlank) {
        if (cursor.indent < container.indent) return index;
        cursor.skipColumns(container.indent);
      }
    }
    return this.#containers.length;
  }

  /** Gives the line to the open leaf. @returns whether the leaf takes it without looking for other blocks. */
  #continueLeaf(cursor: LineCursor): boolean {
    const leaf = this.#leaf;
    if (leaf.type === 'fence') {
      this.#continueFence(cursor, leaf);
      return true;
    }
    if (leaf.type === 'html') {
      if (leaf.end === undefined && cursor.isBlank) return false;
      this.#addHtml(cursor.rest, leaf.end);
      return true;
    }
    if (leaf.type === 'code') return this.#continueCode(cursor, leaf);
    return leaf.type === 'paragraph' && this.#endParagraph(cursor, leaf.lines);
  }

  #continueFence(cursor: LineCursor, { marker, indent }: { marker: string; indent: number }): void {
    const closing = cursor.indent < CODE_INDENT ? cursor.text.trimEnd() : '';
    if (closing.startsWith(marker) && closing === marker.charAt(0).repeat(closing.length)) {
      this.#leaf = { type: 'none' };
      return;
    }
    cursor.skipColumns(indent);
    this.#handler.onCode(cursor.rest);
  }

  #continueCode(cursor: LineCursor, leaf: { blankLines: number }): boolean {
    if (cursor.isBlank) {
      leaf.blankLines += 1;
      return true;
    }
    if (cursor.indent < CODE_INDENT) return false;
    // More blank lines than one are none the reader keeps.
    if (leaf.blankLines > 0) this.#handler.onCode('');
    leaf.blankLines = 0;
    cursor.skipColumns(CODE_INDENT);
    this.#handler.onCode(cursor.rest);
    return true;
  }

  /** An underline makes a paragraph a heading; a row of dashes makes its last line the head of a table. */
  #endParagraph(cursor: LineCursor, lines: string[]): boolean {
    if (cursor.indent >= CODE_INDENT) return false;
    const level = underlineLevel(cursor.text);
    if (level !== undefined) {
      this.#leaf = { type: 'none' };
      this.#handler.onHeading(lines.join('\n'), level);
      return true;
    }
    const header = lines.at(-1) ?? '';
    if (!isTableStart(header, cursor.text)) return false;
    lines.pop();
    this.#closeLeaf();
    this.#handler.onRow(cellsOf(header));
    this.#leaf = { type: 'table' };
    return true;
  }

  /** Opens the blocks that begin in the line. @returns `done` if the line has no text left for a leaf. */
  #openBlocks(cursor: LineCursor, matched: number): 'done' | 'container' | 'none' {
    let isOpened = false;
    for (;;) {
      if (cursor.isBlank || cursor.indent >= CODE_INDENT) break;
      if (this.#openLeaf(cursor, isOpened ? this.#containers.length : matched)) return 'done';
      const container = this.#containerAt(cursor);
      if (container === undefined) break;
      if (!isOpened) this.#closeTo(matched);
      isOpened = true;
      container();
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

  /** The heading, rule, fence or HTML that begins at the cursor, as the step that opens it. */
  #leafAt(cursor: LineCursor): (() => void) | undefined {
    const { text, indent, next } = cursor;
    const heading = headingOf(text);
    if (heading !== undefined) return () => this.#handler.onHeading(heading.text, heading.level);
    const marker = fenceOf(text);
    if (marker !== undefined) return () => (this.#leaf = { type: 'fence', marker, indent });
    if (isThematicBreak(text)) return () => this.#handler.onGap();
    const html = next === '<' ? htmlBlockOf(text, this.#leaf.type === 'paragraph') : undefined;
    if (html === undefined) return undefined;
    return () => {
      this.#leaf = { type: 'html', end: html.end };
      this.#addHtml(text, html.end);
    };
  }

  /** The container that begins at the cursor, as the step that opens it. */
  #containerAt(cursor: LineCursor): (() => void) | undefined {
    if (this.#containers.length >= DEEPEST) return undefined;
    if (cursor.next === '>') {
      return () => {
        cursor.skipMarker(1);
        cursor.skipColumns(1);
        this.#containers.push({ type: 'quote' });
      };
    }
    return this.#footnoteAt(cursor) ?? this.#itemAt(cursor);
  }

  #footnoteAt(cursor: LineCursor): (() => void) | undefined {
    const footnote = cursor.next === '[' ? footnoteOf(cursor.text) : undefined;
    if (footnote === undefined) return undefined;
    return () => {
      cursor.skipMarker(footnote.length);
      this.#containers.push({ type: 'item', indent: CODE_INDENT });
      this.#addParagraphLine(`\\[${footnote.label}\\]`);
    };
  }

  #itemAt(cursor: LineCursor): (() => void) | undefined {
    const { text, indent } = cursor;
    const marker = listMarkerOf(text);
    if (marker === undefined) return undefined;
    // Within a paragraph, an item must hold text, and a list must begin at 1: else wrapped lines become lists.
    const isEmpty = text.slice(marker.length).trim() === '';
    if (this.#leaf.type === 'paragraph' && (isEmpty || (marker.number ?? '1') !== '1') && !this.#isInItem())
      return undefined;
    return () => {
      cursor.skipMarker(marker.length);
      const spaces = cursor.indent;
      const padding = cursor.isBlank || spaces > CODE_INDENT ? 1 : spaces;
      cursor.skipColumns(padding);
      this.#containers.push({ type: 'item', indent: indent + marker.length + padding });
      if (marker.number !== undefined) this.#addParagraphLine(`${marker.number}\\.`);
    };
  }

  #isInItem(): boolean {
    return this.#containers.some(({ type }) => type === 'item');
  }

  /** Gives what is left of a line to a paragraph, a table or indented code. */
  #addText(cursor: LineCursor, { matched, isOpened }: { matched: number; isOpened: boolean }): void {
    const depth = isOpened ? this.#containers.length : matched;
    if (cursor.isBlank) {
      this.#closeTo(depth);
      this.#handler.onGap();
      return;
    }
    const isParagraph = this.#leaf.type === 'paragraph';
    // A line without the markers of its paragraph's containers goes on the paragraph all the same.
    if (!isParagraph && depth < this.#containers.length) this.#closeTo(depth);
    if (this.#leaf.type === 'table' && depth === this.#containers.length) this.#handler.onRow(cellsOf(cursor.text));
    else if (!isParagraph && cursor.indent >= CODE_INDENT) this.#startCode(cursor);
    else this.#addParagraphLine(cursor.text);
  }

  #startCode(cursor: LineCursor): void {
    this.#closeLeaf();
    this.#leaf = { type: 'code', blankLines: 0 };
    cursor.skipColumns(CODE_INDENT);
    this.#handler.onCode(cursor.rest);
  }

  #addParagraphLine(text: string): void {
    if (this.#leaf.type !== 'paragraph') {
      this.#closeLeaf();
      this.#leaf = { type: 'paragraph', lines: [], length: 0, isContinued: false };
    }
    const leaf = this.#leaf;
    leaf.lines.push(text);
    leaf.length += text.length;
    if (leaf.length < LONGEST_PIECE) return;
    this.#handler.onParagraph(leaf.lines.join('\n'), leaf.isContinued);
    this.#leaf = { type: 'paragraph', lines: [], length: 0, isContinued: true };
  }

  #addHtml(line: string, end: RegExp | undefined): void {
    this.#handler.onHtml(`${line}\n`);
    if (end?.test(line) === true) this.#closeLeaf();
  }

  #closeTo(depth: number): void {
    this.#closeLeaf();
    this.#containers.length = depth;
  }

  #closeLeaf(): void {
    const leaf = this.#leaf;
    this.#leaf = { type: 'none' };
    if (leaf.type === 'html') this.#handler.onHtmlEnd();
    if (leaf.type === 'paragraph' && leaf.lines.length > 0) {
      this.#handler.onParagraph(leaf.lines.join('\n'), leaf.isContinued);
    }
  }
}
