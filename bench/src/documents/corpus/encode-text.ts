import iconv from 'iconv-lite';

/**
 * Encodes a text. The platform itself encodes UTF-8 only.
 * @returns undefined if a character of the text is not in the encoding.
 */
export function encodeText(text: string, encoding: string): Uint8Array | undefined {
  const bytes = iconv.encode(text, encoding);
  return iconv.decode(bytes, encoding) === text ? bytes : undefined;
}
