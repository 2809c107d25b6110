import { isUtf8 } from 'node:buffer';

/** Bytes decoded at a time. */
const PIECE_BYTES = 65_536;
/** How much of a file is looked at to guess what it is written in. */
const SAMPLE_BYTES = 1_048_576;

/** With fewer pairs of bytes than this, two zeros are no pattern. */
const LEAST_PAIRS = 4;
const MANY_ZEROS = 0.4;
const FEW_ZEROS = 0.05;

/** The encoding that a byte order mark names, or undefined. */
function encodingOfMark(bytes: Uint8Array): string | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return undefined;
}

/** UTF-16 without a mark shows in ordinary text by a zero in nearly every second byte. */
function looksLikeUtf16(sample: Uint8Array): string | undefined {
  const pairs = Math.floor(sample.length / 2);
  if (pairs < LEAST_PAIRS) return undefined;
  const even = zeroShare(sample, 0);
  const odd = zeroShare(sample, 1);
  if (odd > MANY_ZEROS && even < FEW_ZEROS) return 'utf-16le';
  return even > MANY_ZEROS && odd < FEW_ZEROS ? 'utf-16be' : undefined;
}

/** Which share of every second byte, from `start` on, is zero. */
function zeroShare(sample: Uint8Array, start: 0 | 1): number {
  let zeros = 0;
  for (let index = start; index < sample.length; index += 2) {
    if (sample[index] === 0) zeros += 1;
  }
  return (2 * zeros) / sample.length;
}

/** Broken UTF-8 is told from an old one-byte encoding by which sort of non-ASCII sequence is more frequent. */
function looksLikeBrokenUtf8(sample: Uint8Array): boolean {
  const decoded = new TextDecoder('utf-8').decode(sample);
  const broken = decoded.match(/\ufffd/g)?.length ?? 0;
  const sound = decoded.match(/[^\p{ASCII}\ufffd]/gu)?.length ?? 0;
  return sound > broken;
}

/** The name (for `TextDecoder`) of the encoding that a text file is most probably in. */
export function detectEncoding(bytes: Uint8Array): string {
  const marked = encodingOfMark(bytes);
  if (marked !== undefined) return marked;
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const wide = looksLikeUtf16(sample);
  if (wide !== undefined) return wide;
  return isUtf8(bytes) || looksLikeBrokenUtf8(sample) ? 'utf-8' : 'windows-1252';
}

/** Decodes a file piece by piece; invalid bytes become U+FFFD, a byte order mark is dropped. */
export function* decodePieces(bytes: Uint8Array, encoding: string): Generator<{ text: string; done: number }, void> {
  const decoder = new TextDecoder(encoding);
  for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
    const piece = bytes.subarray(start, start + PIECE_BYTES);
    const done = start + piece.length;
    yield { text: decoder.decode(piece, { stream: done < bytes.length }), done };
  }
}
