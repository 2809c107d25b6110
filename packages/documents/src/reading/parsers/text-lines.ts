/** Longest line (characters) that is given whole. A longer line comes in pieces. */
const LONGEST_LINE = 131_072;

/** A line of a text, or a piece of one. */
export interface TextLine {
  text: string;
  /** Whether it continues the line before. */
  isContinued: boolean;
}

/** Divides a text, given in pieces, into lines with any kind of line end. */
export class TextLines {
  #open = '';
  #isContinued = false;

  /** The lines that end in this piece of the text. */
  *write(piece: string): Generator<TextLine, void> {
    const lines = (this.#open + piece).split(/\r\n|\n|\r(?=[^\n])/);
    this.#open = lines.pop() ?? '';
    for (const line of lines) yield* this.#lineOf(line, true);
    while (this.#open.length > LONGEST_LINE) {
      const cut = cutOf(this.#open);
      const start = this.#open.slice(0, cut);
      this.#open = this.#open.slice(cut);
      yield* this.#lineOf(start, false);
    }
  }

  *end(): Generator<TextLine, void> {
    const rest = this.#open.replace(/\r$/, '');
    this.#open = '';
    if (rest !== '') yield* this.#lineOf(rest, true);
  }

  *#lineOf(text: string, isEnd: boolean): Generator<TextLine, void> {
    const isContinued = this.#isContinued;
    this.#isContinued = !isEnd;
    yield { text, isContinued };
  }
}

/** After the last white space, else anywhere except within a surrogate pair. */
function cutOf(text: string): number {
  const space = text.lastIndexOf(' ', LONGEST_LINE);
  if (space > LONGEST_LINE / 2) return space + 1;
  return /[\ud800-\udbff]/.test(text.charAt(LONGEST_LINE - 1)) ? LONGEST_LINE - 1 : LONGEST_LINE;
}
