/** Places for a cut, best first, each with the share of the limit from which it counts. */
const CUTS = [
  { pattern: /\n\s*\n/g, least: 0.4 },
  { pattern: /[.!?…]["'”’)\]]*\s|[。！？]/g, least: 0.5 },
  { pattern: /\n/g, least: 0.5 },
  { pattern: /[,;:–—]\s|[，、；：]/g, least: 0.6 },
  { pattern: /\s/g, least: 0.25 },
];
/** Share of the limit from which a word's end counts in a script without spaces. */
const LEAST_WORD = 0.5;

const words = new Intl.Segmenter('en', { granularity: 'word' });
const clusters = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** Length of a text (UTF-16 units) before the limit that is divided into words or clusters. */
const WINDOW = 256;

/**
 * Finds the place to cut a text that is longer than `limit`. Places in order of preference: the end of a paragraph, a
 * sentence, a line, a clause, a word, a character. A cut never divides a surrogate pair.
 * @returns an index from 1 to `limit` (UTF-16 units); the text's length if the text is not longer than `limit`.
 */
export function findCut(text: string, limit: number): number {
  if (text.length <= limit) return text.length;
  const window = text.slice(0, limit);
  for (const { pattern, least } of CUTS) {
    const cut = lastEnd(window, pattern);
    if (cut >= limit * least) return cut;
  }
  return wholePairs(text, characterCut(text, limit));
}

function lastEnd(text: string, pattern: RegExp): number {
  let end = 0;
  for (const match of text.matchAll(pattern)) end = match.index + match[0].length;
  return end;
}

/** The last word's end before the limit, else the last grapheme's end, else the limit. */
function characterCut(text: string, limit: number): number {
  const start = wholePairs(text, Math.max(0, limit - WINDOW));
  // The window extends beyond the limit, so that an end exactly at the limit is recognised.
  const window = text.slice(start, limit + 16);
  for (const segmenter of [words, clusters]) {
    let cut = 0;
    for (const { index } of segmenter.segment(window)) if (start + index <= limit) cut = start + index;
    if (cut > start && cut >= limit * LEAST_WORD) return cut;
  }
  return limit;
}

/** The same index, or the one before if the index divides a surrogate pair. */
function wholePairs(text: string, index: number): number {
  const before = text.charCodeAt(index - 1);
  const after = text.charCodeAt(index);
  const splitsPair = before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
  return splitsPair && index > 1 ? index - 1 : index;
}
