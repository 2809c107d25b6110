/** Where a text may be cut, best first, and how much of the limit must be used for it to count. */
const CUTS = [
  { pattern: /\n\s*\n/g, least: 0.4 },
  { pattern: /[.!?…]["'”’)\]]*\s|[。！？]/g, least: 0.5 },
  { pattern: /\s/g, least: 0.25 },
];

/**
 * Where to cut a text that is longer than `limit`: at the end of a paragraph, else of a sentence, else of a word, else
 * at the limit itself, but never inside a surrogate pair.
 * @returns an index from 1 to `limit` (in UTF-16 units); the length of the text if it is not longer than `limit`.
 */
export function findCut(text: string, limit: number): number {
  if (text.length <= limit) return text.length;
  const window = text.slice(0, limit);
  for (const { pattern, least } of CUTS) {
    const cut = lastEnd(window, pattern);
    if (cut >= limit * least) return cut;
  }
  return splitsPair(text, limit) && limit > 1 ? limit - 1 : limit;
}

function lastEnd(text: string, pattern: RegExp): number {
  let end = 0;
  for (const match of text.matchAll(pattern)) end = match.index + match[0].length;
  return end;
}

function splitsPair(text: string, index: number): boolean {
  const before = text.charCodeAt(index - 1);
  const after = text.charCodeAt(index);
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}
