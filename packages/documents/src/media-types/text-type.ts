import { DOCUMENT_TYPES } from './document-types.ts';
import { detectEncoding } from '../reading/encodings/detect-encoding.ts';
import { decodeAll } from '../reading/encodings/text-decoder.ts';

/** Number of bytes that are decoded to tell a text's type: comments and the text after them. */
const DECODED_BYTES = 65_536;
const BEGINNING_CHARACTERS = 4_096;
/** Licences and notes of tools, of any length. A comment can end at only one place, so that the time is linear. */
const LEADING_COMMENTS = /^\s*(?:<!--(?:(?!-->)[\s\S])*-->\s*)+/;

/** The type of a text, or why it cannot be read as text. */
export type TextType =
  | {
      mediaType: string;
      /** Whether it has NUL characters, as broken logs and most binary files have. */
      hasZeros: boolean;
      problem?: undefined;
    }
  | { mediaType?: undefined; problem: 'binary' | 'unknown' };

/** Tells the type of a text from a sample of its bytes (`ByteSample`) and its name. */
export function textTypeOf(sample: Uint8Array, fileName: string): TextType {
  const detected = detectEncoding(sample);
  if (detected.encoding === undefined) return detected;
  const decoded = decodeAll(sample.subarray(0, DECODED_BYTES), detected.encoding);
  const beginning = decoded.replace(LEADING_COMMENTS, '').slice(0, BEGINNING_CHARACTERS);
  const extension = extensionOf(fileName);
  const type = DOCUMENT_TYPES.find(
    ({ extensions, matches }) => matches?.(beginning, extensions.includes(extension)) ?? false,
  );
  const isWide = /^utf-(16|32)/.test(detected.encoding);
  return { mediaType: type?.mediaType ?? 'text/plain', hasZeros: !isWide && sample.includes(0) };
}

/** In lower case, without the dot. Empty if there is none. */
export function extensionOf(fileName: string): string {
  return /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
}
