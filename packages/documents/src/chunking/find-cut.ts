/** Places at which a text may be cut, best first, each with the share of the limit that must be used for it to count. */
const CUTS = [
  { pattern: /\n\s*\n/g, least: 0.4 },
  { pattern: /[.!?…]["'”’)\]]*\s|[。！？]/g, least: 0.5 },
  { pattern: /\n/g, least: 0.5 },
  { pattern: /[,;:–—]\s|[，、；：]/g, least: 0.6 },
  { pattern: /\s/g, least: 0.25 },
];
/** Share of the limit that must be used for the end of a word in a script without spaces. */
const LEAST_WORD = 0.5;

const words = new Intl.Segmenter('en', { granularity: 'word' });
const clusters = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** Most of a text (UTF-16 units) before the limit that is divided into words or clusters. */
const WINDOW = 256;

/**
 * Where to cut a text that is longer than `limit`: at the end of a paragraph, else of a sentence, a line, a clause or a
 * word, else between two characters, but never inside a surrogate pair.
 * @returns an index from 1 to `limit` (in UTF-16 units); the length of the text if it is not longer than `limit`.
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

/** The last end of a word before the limit; else the last end of a character as people see it; else the limit. */
function characterCut(text: string, limit: number): number {
  const start = wholePairs(text, Math.max(0, limit - WINDOW));
  // A little more than the limit, so that what ends there is seen to end there.
  const window = text.slice(start, limit + 16);
  for (const segmenter of [words, clusters]) {
    let cut = 0;
    for (const { index } of segmenter.segment(window)) if (start + index <= limit) cut = start + index;
    if (cut > start && cut >= limit * LEAST_WORD) return cut;
  }
  return limit;
}

/** The same index, or the one before if it divides a surrogate pair. */
function wholePairs(text: string, index: number): number {
  const before = text.charCodeAt(index - 1);
  const after = text.charCodeAt(index);
  const splitsPair = before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
  return splitsPair && index > 1 ? index - 1 : index;
}
