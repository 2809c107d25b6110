import { sameLabel } from './link-targets.ts';

/** Longest label (bytes): CommonMark, section 4.7. */
const LONGEST_LABEL = 1_000;
/**
 * Largest number of examined places, more than any document has definitions. The examination comes before the first
 * progress.
 */
const MOST_PLACES = 200_000;
const LINE_FEED = 0x0a;
/** The end of a text that breaks off within a label. */
const DEFINITION = /\n[ \t>]{0,20}\[([^^[\]\n][^[\]\n]*)$/;
const DEFINITION_AT_START = /(?:^|\n)[ \t>]{0,20}\[([^^[\]\n][^[\]\n]*)$/;

/**
 * The labels of links that a document defines, `[label]: target`, in the form of `sameLabel`. Definitions may stand
 * anywhere, mostly at the end. They are looked for in the bytes, so that the text is decoded only once.
 */
export function definitionsIn(bytes: Uint8Array): ReadonlySet<string> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const labels = new Set<string>();
  let start = 0;
  let places = 0;
  for (let end = buffer.indexOf(']:'); end !== -1; end = buffer.indexOf(']:', start)) {
    // A label contains no bracket. It begins after the last bracket, on a line of its own.
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
