import { sameLabel } from './link-targets.ts';

/** Longest label (bytes): CommonMark, section 4.7. */
const LONGEST_LABEL = 1_000;
/** Most places that are looked at: more than any document's definitions. The look comes before the first progress. */
const MOST_PLACES = 200_000;
const LINE_FEED = 0x0a;
/** The end of a text that ends within a label. */
const DEFINITION = /\n[ \t>]{0,20}\[([^^[\]\n][^[\]\n]*)$/;
const DEFINITION_AT_START = /(?:^|\n)[ \t>]{0,20}\[([^^[\]\n][^[\]\n]*)$/;

/**
 * The labels of links that a document defines, `[label]: target`, as `sameLabel` gives them. Definitions stand anywhere,
 * mostly at the end; they are looked for in the bytes, so that the text is decoded once.
 */
export function definitionsIn(bytes: Uint8Array): ReadonlySet<string> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const labels = new Set<string>();
  let start = 0;
  let places = 0;
  for (let end = buffer.indexOf(']:'); end !== -1; end = buffer.indexOf(']:', start)) {
    // A label holds no bracket: it begins, on a line of its own, after the last one.
    const before = buffer.subarray(Math.max(start, end - LONGEST_LABEL), end);
    const isPossible = start === 0 || before.includes(LINE_FEED);
    const pattern = start === 0 ? DEFINITION_AT_START : DEFINITION;
    const label = isPossible ? pattern.exec(before.toString('utf8'))?.[1] : undefined;
    if (label !== undefined) labels.add(sameLabel(label));
    places += 1;
    if (places >= MOST_PLACES) break;
    start = end + 2;
  }
  return labels;
}
