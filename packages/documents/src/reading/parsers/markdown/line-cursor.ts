const TAB_STOP = 4;

/** A place in a line of Markdown. A tab extends to the next multiple of four columns (CommonMark, section 2.2). */
export class LineCursor {
  readonly #line: string;
  #position = 0;
  #column = 0;
  /** End of the white space at the cursor. */
  #end = { position: 0, column: 0 };

  constructor(line: string) {
    this.#line = line;
    this.#measure();
  }

  /** Columns of white space before the next character. */
  get indent(): number {
    return this.#end.column - this.#column;
  }

  get isBlank(): boolean {
    return this.#end.position === this.#line.length;
  }

  /** The rest of the line without the white space before it. */
  get text(): string {
    return this.#line.slice(this.#end.position);
  }

  /** The next character after white space. Empty at the end of the line. */
  get next(): string {
    return this.#line.charAt(this.#end.position);
  }

  /** The rest of the line with its indentation. */
  get rest(): string {
    return ' '.repeat(this.indent) + this.text;
  }

  /** Skips white space up to a number of columns. A tab may be skipped in part. */
  skipColumns(count: number): void {
    this.#column = Math.min(this.#column + count, this.#end.column);
  }

  /** Skips white space, then a marker of a number of characters. */
  skipMarker(length: number): void {
    this.#position = this.#end.position + length;
    this.#column = this.#end.column + length;
    this.#measure();
  }

  #measure(): void {
    let column = this.#column;
    let position = this.#position;
    for (; position < this.#line.length; position += 1) {
      const character = this.#line.charAt(position);
      if (character === ' ') column += 1;
      else if (character === '\t') column += TAB_STOP - (column % TAB_STOP);
      else break;
    }
    this.#end = { position, column };
  }
}
