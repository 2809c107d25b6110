import { DocumentError } from '../document-error.ts';
import { sampleOf } from './byte-sample.ts';
import { detectEncoding } from './detect-encoding.ts';
import { createDecoder } from './text-decoder.ts';

/** Bytes decoded at a time. */
const PIECE_BYTES = 65_536;

/** The reason why a text cannot be decoded, with the remedy. The upload check and the reader use the same words. */
export const UNKNOWN_ENCODING = 'not UTF-8: save it as UTF-8';

/**
 * The encoding of a text.
 * @throws DocumentError DOCUMENT_ENCODING_UNKNOWN if no encoding fits.
 */
export function encodingOf(bytes: Uint8Array): string {
  const { encoding } = detectEncoding(sampleOf(bytes));
  if (encoding === undefined)
    throw new DocumentError('DOCUMENT_ENCODING_UNKNOWN', `the document is ${UNKNOWN_ENCODING}`);
  return encoding;
}

/** Decodes a file piece by piece. Invalid bytes become U+FFFD; a byte order mark is dropped. */
export function* decodePieces(
  bytes: Uint8Array,
  encoding = encodingOf(bytes),
): Generator<{ text: string; done: number }, void> {
  const decoder = createDecoder(encoding);
  for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
    const piece = bytes.subarray(start, start + PIECE_BYTES);
    const done = start + piece.length;
    const text = decoder.write(piece);
    yield { text: done < bytes.length ? text : text + decoder.end(), done };
  }
}
