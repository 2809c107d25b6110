/** Longest control sequence (characters). */
const LONGEST_SEQUENCE = 4_096;

const BELL = '\x07';
const BACKSPACE = '\b';
const ESCAPE = '\x1b';
const CONTROL = '\x9b';

/**
 * Sequences by which programs control a terminal (ECMA-48): colours and cursor moves, strings such as links and titles,
 * character sets, single functions. Each ends before the next escape character, so that the time is linear.
 */
const SEQUENCES = new RegExp(
  [
    `(?:${ESCAPE}\\[|${CONTROL})[0-?]*[ -/]*[@-~]`,
    `${ESCAPE}[\\]PX^_][^${BELL}${ESCAPE}]*(?:${BELL}|${ESCAPE}\\\\)`,
    `${ESCAPE}[ -/]*[0-~]`,
  ].join('|'),
  'g',
);
/** The start of an unfinished sequence. */
const OPEN_SEQUENCE = new RegExp(`${ESCAPE}(?:\\[[0-?]*[ -/]*|[\\]PX^_][^${BELL}${ESCAPE}]*${ESCAPE}?|[ -/]*)$`);
/** Bold and underlined letters of line printers: a letter, a backspace, and the letter printed over it. */
const OVERSTRIKE = new RegExp(`_${BACKSPACE}(?=.)|(.)${BACKSPACE}(?=\\1)`, 'gu');

/**
 * Removes terminal control sequences from a text that comes in pieces.
 * Modes: open → ended (`end`).
 */
export class TerminalText {
  #open = '';

  /** The next piece without sequences. An incomplete sequence at its end is held back. */
  write(piece: string): string {
    const text = this.#open + piece;
    if (![BACKSPACE, ESCAPE, CONTROL].some((control) => text.includes(control))) {
      this.#open = '';
      return text;
    }
    const end = openEndOf(text);
    this.#open = text.slice(end);
    return withoutSequences(text.slice(0, end));
  }

  /** The held rest. */
  end(): string {
    const rest = this.#open;
    this.#open = '';
    return withoutSequences(rest);
  }
}

function withoutSequences(text: string): string {
  return text.replace(SEQUENCES, '').replace(OVERSTRIKE, '');
}

/** Offset of the incomplete sequence at the end; the text's length if there is none. */
function openEndOf(text: string): number {
  const tail = Math.max(0, text.length - LONGEST_SEQUENCE);
  const found = OPEN_SEQUENCE.exec(text.slice(tail));
  return found === null ? text.length : tail + found.index;
}
