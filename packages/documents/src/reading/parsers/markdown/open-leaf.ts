import { cellsOf, CODE_INDENT, isTableStart, underlineLevel } from './block-starts.ts';
import type { LineCursor } from './line-cursor.ts';

/** Length (characters) from which an open paragraph is passed on in pieces. */
const LONGEST_PIECE = 131_072;

/** Receives the blocks of a document in order. Texts are Markdown; code and HTML come line by line. */
export interface BlockHandler {
  onHeading: (text: string, level: number) => void;
  /** @param isContinued whether it continues the paragraph before. */
  onParagraph: (text: string, isContinued: boolean) => void;
  onRow: (cells: string[]) => void;
  onCode: (line: string) => void;
  onHtml: (line: string) => void;
  onHtmlEnd: () => void;
  /** A blank line or a rule, which separates the next block from the last one. */
  onGap: () => void;
}

/** The mode of `OpenLeaf`, with its data. */
type Leaf =
  | { type: 'none' }
  | { type: 'paragraph'; lines: string[]; length: number; isContinued: boolean }
  | { type: 'fence'; marker: string; indent: number }
  | { type: 'code'; blankLines: number }
  | { type: 'html'; end: RegExp | undefined }
  | { type: 'table' };

/**
 * The block that receives the lines of a document, if one is open. It holds no more than one piece of a paragraph.
 *
 * Modes:
 * - none → paragraph, fence, code or html, by the line that begins it
 * - paragraph → table, by a row of dashes: the paragraph's last line is then the header row
 * - any → none, by a line that ends the block, or by `close`
 */
export class OpenLeaf {
  readonly #handler: BlockHandler;
  #leaf: Leaf = { type: 'none' };

  constructor(handler: BlockHandler) {
    this.#handler = handler;
  }

  get type(): Leaf['type'] {
    return this.#leaf.type;
  }

  /** Gives a line to the open block. @returns whether the block took it, so that no other block can begin in it. */
  take(cursor: LineCursor): boolean {
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

  /** Adds a piece of a line that is too long to begin a block. */
  addPiece(piece: string): void {
    if (this.#leaf.type === 'fence' || this.#leaf.type === 'code') this.#handler.onCode(piece);
    else if (this.#leaf.type === 'html') this.#handler.onHtml(piece);
    else this.addParagraphLine(piece);
  }

  /** Adds a line to the open paragraph, or begins one. */
  addParagraphLine(text: string): void {
    if (this.#leaf.type !== 'paragraph') {
      this.close();
      this.#leaf = { type: 'paragraph', lines: [], length: 0, isContinued: false };
    }
    const leaf = this.#leaf;
    leaf.lines.push(text);
    leaf.length += text.length;
    if (leaf.length < LONGEST_PIECE) return;
    this.#handler.onParagraph(leaf.lines.join('\n'), leaf.isContinued);
    this.#leaf = { type: 'paragraph', lines: [], length: 0, isContinued: true };
  }

  startFence(marker: string, indent: number): void {
    this.close();
    this.#leaf = { type: 'fence', marker, indent };
  }

  /** Begins indented code with the cursor's line. */
  startCode(cursor: LineCursor): void {
    this.close();
    this.#leaf = { type: 'code', blankLines: 0 };
    cursor.skipColumns(CODE_INDENT);
    this.#handler.onCode(cursor.rest);
  }

  /** Begins HTML with a line. @param end ends the block in its line; undefined: a blank line ends it. */
  startHtml(line: string, end: RegExp | undefined): void {
    this.close();
    this.#leaf = { type: 'html', end };
    this.#addHtml(line, end);
  }

  close(): void {
    const leaf = this.#leaf;
    this.#leaf = { type: 'none' };
    if (leaf.type === 'html') this.#handler.onHtmlEnd();
    if (leaf.type === 'paragraph' && leaf.lines.length > 0) {
      this.#handler.onParagraph(leaf.lines.join('\n'), leaf.isContinued);
    }
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
    // Several blank lines count as one.
    if (leaf.blankLines > 0) this.#handler.onCode('');
    leaf.blankLines = 0;
    cursor.skipColumns(CODE_INDENT);
    this.#handler.onCode(cursor.rest);
    return true;
  }

  /** Ends a paragraph as a heading, by an underline, or as the header row of a table, by a row of dashes. */
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
    this.close();
    this.#handler.onRow(cellsOf(header));
    this.#leaf = { type: 'table' };
    return true;
  }

  #addHtml(line: string, end: RegExp | undefined): void {
    this.#handler.onHtml(`${line}\n`);
    if (end?.test(line) === true) this.close();
  }
}
