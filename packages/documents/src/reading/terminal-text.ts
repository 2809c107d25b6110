/** A control sequence that is longer than this (characters) is none. */
const LONGEST_SEQUENCE = 4_096;

/**
 * Sequences by which programs control a terminal (ECMA-48): colors and cursor moves, strings such as links and titles,
 * character sets, single functions. Each stops before the next escape character, so that the time is linear.
 */
const SEQUENCES = new RegExp(
  [
    '(?:\\x1b\\[|\\x9b)[0-?]*[ -/]*[@-~]',
    '\\x1b[\\]PX^_][^\\x07\\x1b]*(?:\\x07|\\x1b\\\\)',
    '\\x1b[ -/]*[0-~]',
  ].join('|'),
  'g',
);
const CONTROLS = new RegExp('[\\x08\\x1b\\x9b]');
/** The beginning of a sequence whose end has not come yet. */
const OPEN_SEQUENCE = new RegExp('\\x1b(?:\\[[0-?]*[ -/]*|[\\]PX^_][^\\x07\\x1b]*\\x1b?|[ -/]*)$');
/** Bold and underlined letters of line printers: a letter, a backspace, and the letter that is printed over it. */
const OVERSTRIKE = new RegExp('_\\x08(?=.)|(.)\\x08(?=\\1)', 'gu');

/** Removes control sequences of terminals from a text that comes in pieces. Open → ended. */
export class TerminalText {
  #open = '';

  /** The next piece without sequences. An incomplete sequence at its end is held back. */
  write(piece: string): string {
    const text = this.#open + piece;
    if (!CONTROLS.test(text)) {
      this.#open = '';
      return text;
    }
    const end = openEndOf(text);
    this.#open = text.slice(end);
    return withoutSequences(text.slice(0, end));
  }

  /** The rest. */
  end(): string {
    const rest = this.#open;
    this.#open = '';
    return withoutSequences(rest);
  }
}

function withoutSequences(text: string): string {
  return text.replace(SEQUENCES, '').replace(OVERSTRIKE, '');
}

/** Where the incomplete sequence at the end begins; the length of the text if there is none. */
function openEndOf(text: string): number {
  const tail = Math.max(0, text.length - LONGEST_SEQUENCE);
  const found = OPEN_SEQUENCE.exec(text.slice(tail));
  return found === null ? text.length : tail + found.index;
}
