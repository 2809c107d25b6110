import { sameLabel } from './link-targets.ts';

/** Longest label (bytes): CommonMark, section 4.7. */
const LONGEST_LABEL = 1_000;
/** Definitions that are remembered. */
const MOST_DEFINITIONS = 100_000;
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
  for (let end = buffer.indexOf(']:'); end !== -1; end = buffer.indexOf(']:', start)) {
    // A label holds no bracket: it begins, on a line of its own, after the last one.
    const before = buffer.subarray(Math.max(start, end - LONGEST_LABEL), end).toString('utf8');
    const label = (start === 0 ? DEFINITION_AT_START : DEFINITION).exec(before)?.[1];
    if (label !== undefined) labels.add(sameLabel(label));
    if (labels.size >= MOST_DEFINITIONS) break;
    start = end + 2;
  }
  return labels;
}
