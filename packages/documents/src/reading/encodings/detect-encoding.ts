import { detectAll } from 'jschardet';
import { isForeignControl } from './byte-sample.ts';
import { isPlainLatin, isReadable } from './readable-text.ts';
import { decodeAll, encodingNamed } from './text-decoder.ts';
import { encodingOfMark, wideEncodingOf } from './wide-encodings.ts';

/**
 * Bytes at the start of a page that may declare its encoding:
 * https://html.spec.whatwg.org/multipage/semantics.html#charset
 */
const DECLARATION_BYTES = 1_024;
const DECLARATIONS = [
  /^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([\w:.-]+)["']/i,
  /<meta[^>]{0,500}?\bcharset\s*=\s*["']?\s*([\w:.-]+)/i,
];
/** Bytes that the detector of old encodings looks at. */
const DETECTOR_BYTES = 65_536;
/** Longest start of a line (bytes) before the first non-ASCII byte that the detector gets. */
const LINE_BYTES = 1_024;
/** Number of non-ASCII bytes up to which letter frequencies say nothing. */
const TOO_FEW_TO_GUESS = 8;
/**
 * Lowest confidence of a usable guess. Below it, the detector's order is nearly arbitrary; texts of other languages
 * reach 0.15 and more.
 */
const LEAST_CONFIDENCE = 0.1;
/** Number of the detector's guesses that are tried. */
const MOST_GUESSES = 30;
/** Encodings of Kazakh that no decoder here knows. Without this list, the detector would name only them. */
const UNDECODABLE = ['kz1048', 'ptcp154'];
/** Rare encodings that short texts resemble. They are tried last. */
const RARE = /^(?:iso-8859-(?:3|4|10|14|16)|iso8859-16|hp-roman8|koi8-t|cp(?:720|737|775|1006|1125|85[578]|86[0-5]))$/;

/** Foreign control characters that a longer text may contain, and their largest share. */
const FEW_CONTROLS = { count: 2, inBytes: 8, share: 0.02 };

/** U+FFFD in UTF-8, which a text may contain. */
const REPLACEMENT_BYTES = /\xef\xbf\xbd/g;

/** Sequences that switch the character set in ISO-2022-JP, whose bytes are all ASCII. */
const ISO_2022_JP = ['\x1b$@', '\x1b$B', '\x1b(J'];

/** A text's encoding, or why none was found. `binary`: not a text. `unknown`: a text in an unknown encoding. */
export type DetectedEncoding = { encoding: string } | { encoding?: undefined; problem: 'binary' | 'unknown' };

/**
 * Finds the encoding of a text from a sample of its bytes (`ByteSample`). Valid UTF-8 outranks a declaration, because
 * pages are often saved in another encoding than they declare. Single invalid bytes change nothing.
 */
export function detectEncoding(sample: Uint8Array): DetectedEncoding {
  const marked = encodingOfMark(sample);
  if (marked !== undefined) return { encoding: marked };
  if (hasManyControls(sample)) {
    const encoding = wideEncodingOf(sample);
    return encoding === undefined ? { problem: 'binary' } : { encoding };
  }
  if (isMostlyUtf8(sample)) return { encoding: isIso2022(sample) ? 'iso-2022-jp' : 'utf-8' };
  const encoding = declaredAndReadable(sample) ?? guessedEncoding(sample) ?? wideEncodingOf(sample);
  return encoding === undefined ? { problem: 'unknown' } : { encoding };
}

/** Whether the sample has so many control characters that it is UTF-16, UTF-32 or no text. */
function hasManyControls(sample: Uint8Array): boolean {
  let controls = 0;
  let previous = -1;
  for (const byte of sample) {
    // Truncated logs contain long runs of zeros, so that a run counts once.
    if (isForeignControl(byte) && !(byte === 0 && previous === 0)) controls += 1;
    previous = byte;
  }
  const few = sample.length >= FEW_CONTROLS.inBytes ? FEW_CONTROLS.count : 0;
  return controls > few + sample.length * FEW_CONTROLS.share;
}

/** The share of sound sequences tells broken UTF-8 from old encodings. */
function isMostlyUtf8(sample: Uint8Array): boolean {
  // A character that is cut off by the sample's end is not broken.
  const decoded = new TextDecoder('utf-8').decode(sample, { stream: true });
  const written = Buffer.from(sample).toString('latin1').match(REPLACEMENT_BYTES)?.length ?? 0;
  const broken = (decoded.match(/\ufffd/g)?.length ?? 0) - written;
  if (broken === 0) return true;
  const sound = decoded.match(/[^\p{ASCII}\ufffd]/gu)?.length ?? 0;
  return sound >= 2 * broken;
}

function isIso2022(sample: Uint8Array): boolean {
  return ISO_2022_JP.some((sequence) => Buffer.from(sample).includes(sequence, 0, 'latin1'));
}

function declaredAndReadable(sample: Uint8Array): string | undefined {
  const declared = declaredEncoding(sample);
  if (declared === undefined || declared.startsWith('utf-')) return undefined;
  return isReadable(decodeAll(sample, declared)) ? declared : undefined;
}

/** The detector's best guess that gives a readable text. Western European if the detector is unsure. */
function guessedEncoding(sample: Uint8Array): string | undefined {
  const bytes = tellingPart(sample);
  const found = detectAll(withoutTags(bytes), { excludeEncodings: UNDECODABLE });
  const telling = sample.reduce((count, byte) => count + Number(byte >= 0x80), 0);
  const isUnsure = telling <= TOO_FEW_TO_GUESS || (found[0]?.confidence ?? 0) < LEAST_CONFIDENCE;
  if (isUnsure && isPlainLatin(decodeAll(bytes, 'windows-1252'))) return 'windows-1252';
  const guesses = new Set<string>();
  for (const guess of found) {
    const encoding = guess.encoding === null ? undefined : encodingNamed(guess.encoding);
    if (encoding !== undefined && !encoding.startsWith('utf-')) guesses.add(encoding);
  }
  const common = [...guesses].filter((encoding) => !RARE.test(encoding));
  const tried = [...common, ...guesses].slice(0, MOST_GUESSES);
  return tried.find((encoding) => isReadable(decodeAll(bytes, encoding)));
}

/** The part of a sample around and after its first non-ASCII byte, from a line start if one is near. */
function tellingPart(sample: Uint8Array): Uint8Array {
  const first = sample.findIndex((byte) => byte >= 0x80);
  const start = Math.max(0, first - LINE_BYTES, sample.lastIndexOf(0x0a, first) + 1);
  return sample.subarray(start, start + DETECTOR_BYTES);
}

/**
 * Removes tags: the detector trusts declarations in them, and they distort the letter frequencies. No encoding uses `<`
 * within letters.
 */
function withoutTags(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  return Buffer.from(text.replace(/<[^<>]{0,1000}>/g, ' '), 'latin1');
}

/** The encoding that an HTML or XML page declares, if that encoding is known. Undefined for all other texts. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, DECLARATION_BYTES)).toString('latin1');
  if (!/^\s*</.test(start)) return undefined;
  for (const declaration of DECLARATIONS) {
    const label = declaration.exec(start)?.[1];
    const encoding = label === undefined ? undefined : encodingNamed(label);
    if (encoding !== undefined) return encoding;
  }
  return undefined;
}
