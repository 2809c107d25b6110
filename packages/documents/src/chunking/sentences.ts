import { endsInAbbreviation } from './abbreviations.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
/** Line ends inside of a paragraph: a sentence goes on behind them. */
const SOFT_LINE_END = /(?<![\n\r\u2028\u2029])[\n\r\u2028\u2029](?![^\S\n\r\u2028\u2029]*[\n\r\u2028\u2029])/g;
const PARAGRAPH_END = /\n\s*\n\s*$/;

/** Length of the text (UTF-16 units) that is divided at a time. */
const WINDOW = 2_048;
/** Length of a sentence's end (UTF-16 units) that decides. */
const LONGEST_END = 64;

/** The end of a sentence in a text. */
export interface SentenceEnd {
  /** UTF-16 units from the beginning of the text, behind the white space that follows the sentence. */
  end: number;
  endsParagraph: boolean;
}

/**
 * Finds where sentences end. A full stop behind an abbreviation ends none; an empty line ends one always.
 * @returns the ends in order; the last is the length of the text.
 */
export function sentenceEnds(text: string): SentenceEnd[] {
  const ends: SentenceEnd[] = [];
  let start = 0;
  // A line end of the same length, so that the offsets stay those of the text.
  for (const { segment, index } of segmentsOf(text.replace(SOFT_LINE_END, ' '))) {
    const end = index + segment.length;
    const last = ends.at(-1);
    if (last !== undefined && segment.trim() === '') {
      ends[ends.length - 1] = { end, endsParagraph: last.endsParagraph || isParagraphEnd(text, end) };
    } else if (end < text.length && goesOn(text.slice(start, end))) continue;
    else ends.push({ end, endsParagraph: isParagraphEnd(text, end) });
    start = end;
  }
  return ends;
}

/**
 * The pieces that the segmenter makes, a window at a time: each takes it time in proportion to the text that it is given.
 * The last piece of a window begins the next, which is larger if the piece fills the window.
 */
function* segmentsOf(text: string): Generator<{ segment: string; index: number }, void> {
  let start = 0;
  let size = WINDOW;
  while (start < text.length) {
    const isLast = start + size >= text.length;
    const pieces = Array.from(segmenter.segment(text.slice(start, start + size)));
    const open = isLast ? undefined : pieces.pop();
    for (const { segment, index } of pieces) yield { segment, index: start + index };
    if (open === undefined) return;
    size = open.index === 0 ? size * 2 : WINDOW;
    start += open.index;
  }
}

function isParagraphEnd(text: string, end: number): boolean {
  return PARAGRAPH_END.test(text.slice(Math.max(0, end - LONGEST_END), end));
}

function goesOn(sentence: string): boolean {
  const end = sentence.slice(-LONGEST_END);
  return end.trim() === '' || (!PARAGRAPH_END.test(end) && endsInAbbreviation(end.trimEnd()));
}
