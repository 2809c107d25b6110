import { endsInAbbreviation } from './abbreviations.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
/** Line ends within a paragraph, which do not end a sentence. */
const SOFT_LINE_END = /(?<![\n\r\u2028\u2029])[\n\r\u2028\u2029](?![^\S\n\r\u2028\u2029]*[\n\r\u2028\u2029])/g;
const PARAGRAPH_END = /\n\s*\n\s*$/;

/** Length of text (UTF-16 units) that is divided at a time. */
const WINDOW = 2_048;
/** Length (UTF-16 units) of a sentence's end that is examined. */
const LONGEST_END = 64;

/** The end of a sentence in a text. */
export interface SentenceEnd {
  /** UTF-16 units from the text's start to the end of the white space after the sentence. */
  end: number;
  endsParagraph: boolean;
}

/**
 * Finds the ends of sentences. A full stop after an abbreviation ends no sentence; an empty line always ends one.
 * @returns the ends in order; the last is the text's length.
 */
export function sentenceEnds(text: string): SentenceEnd[] {
  const ends: SentenceEnd[] = [];
  let start = 0;
  // The line end is replaced by one of the same length, so that the offsets stay valid.
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
 * The segmenter's pieces, one window at a time, because each piece takes time in proportion to the segmenter's text.
 * The last piece of a window begins the next window, which is larger if that piece filled the window.
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
