import iconv from 'iconv-lite';

/** Decodes a text piece by piece. Invalid bytes become U+FFFD. */
export interface PieceDecoder {
  write: (bytes: Uint8Array) => string;
  /** The characters that began but did not end. */
  end: () => string;
}

/** Names that detectors and documents use, mapped to the names of the WHATWG Encoding Standard. */
const STANDARD_NAMES: ReadonlyMap<string, string> = new Map([
  ['cp932', 'shift_jis'],
  ['cp949', 'euc-kr'],
  ['gb2312', 'gb18030'],
  ['gbk', 'gb18030'],
  ['ascii', 'windows-1252'],
]);

/** An encoding whose last piece Node's `TextDecoder` up to version 22 decodes as ISO-8859-1. */
const DECODED_WRONGLY = 'windows-1252';

/** The standard name of an encoding for `TextDecoder`, else for iconv-lite. Undefined if neither knows it. */
export function encodingNamed(label: string): string | undefined {
  const known = STANDARD_NAMES.get(label.toLowerCase()) ?? label.toLowerCase();
  try {
    return new TextDecoder(known).encoding;
  } catch {
    return iconv.encodingExists(known) ? known : undefined;
  }
}

/**
 * A decoder for an encoding that `encodingNamed` gave. It drops a byte order mark.
 * @throws Error if the encoding is unknown.
 */
export function createDecoder(encoding: string): PieceDecoder {
  return encoding === DECODED_WRONGLY || !isStandard(encoding) ? otherDecoder(encoding) : standardDecoder(encoding);
}

/** Decodes a whole text. */
export function decodeAll(bytes: Uint8Array, encoding: string): string {
  const decoder = createDecoder(encoding);
  return decoder.write(bytes) + decoder.end();
}

function isStandard(encoding: string): boolean {
  try {
    return new TextDecoder(encoding).encoding === encoding;
  } catch {
    return false;
  }
}

function standardDecoder(encoding: string): PieceDecoder {
  const decoder = new TextDecoder(encoding);
  return { write: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() };
}

function otherDecoder(encoding: string): PieceDecoder {
  const decoder = iconv.getDecoder(encoding);
  const write = (bytes: Uint8Array) => decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  return { write, end: () => decoder.end() ?? '' };
}
