import { LANGUAGE_SAMPLES, type LanguageSample } from '@taskwire/documents/testing';
import { type CorpusDocument, plainTextOf } from './corpus-document.ts';
import iconv from 'iconv-lite';

/**
 * Encodes a text. The platform itself encodes UTF-8 only.
 * @returns undefined if a character of the text is not in the encoding.
 */
export function encodeText(text: string, encoding: string): Uint8Array | undefined {
  const bytes = iconv.encode(text, encoding);
  return iconv.decode(bytes, encoding) === text ? bytes : undefined;
}

/** Encodings in which texts of a language are found, besides those of Unicode. */
const ENCODINGS: Readonly<Record<string, readonly string[]>> = {
  en: ['windows-1252'],
  de: ['windows-1252'],
  fr: ['windows-1252'],
  es: ['windows-1252'],
  it: ['windows-1252'],
  pt: ['windows-1252'],
  nl: ['windows-1252'],
  sv: ['windows-1252'],
  da: ['windows-1252'],
  fi: ['windows-1252'],
  pl: ['windows-1250', 'iso-8859-2'],
  cs: ['windows-1250', 'iso-8859-2'],
  ru: ['windows-1251', 'koi8-r'],
  uk: ['windows-1251', 'koi8-u'],
  el: ['windows-1253'],
  tr: ['windows-1254'],
  ar: ['windows-1256'],
  he: ['windows-1255'],
  zh: ['gbk', 'gb18030'],
  ja: ['shift_jis', 'euc-jp'],
  ko: ['euc-kr'],
  th: ['windows-874'],
};

const BYTE_ORDER_MARK = '\uFEFF';

/** The samples as plain text in other encodings than UTF-8; each language in one form of UTF-16 or UTF-32. */
export function encodedDocuments(): CorpusDocument[] {
  return LANGUAGE_SAMPLES.flatMap((sample, index) => [...legacyDocuments(sample), unicodeDocument(sample, index)]);
}

function legacyDocuments(sample: LanguageSample): CorpusDocument[] {
  const text = plainTextOf(sample);
  return (ENCODINGS[sample.language] ?? []).flatMap((encoding) => {
    const bytes = encodeText(text, encoding);
    if (bytes === undefined) return [];
    const name = `${sample.language}-${encoding}.txt`;
    return [{ name, group: 'text, 8-bit and CJK encodings', content: { make: () => bytes }, text, expected: 'done' }];
  });
}

const UNICODE_FORMS: readonly [string, (text: string) => Uint8Array][] = [
  ['utf-16le', (text) => Buffer.from(text, 'utf16le')],
  ['utf-16be-bom', (text) => Buffer.from(BYTE_ORDER_MARK + text, 'utf16le').swap16()],
  ['utf-16be', (text) => Buffer.from(text, 'utf16le').swap16()],
  ['utf-32le-bom', (text) => utf32(BYTE_ORDER_MARK + text)],
];

function unicodeDocument(sample: LanguageSample, index: number): CorpusDocument {
  const text = plainTextOf(sample);
  const [form, encode] = UNICODE_FORMS[index % UNICODE_FORMS.length] ?? ['utf-8', (given) => Buffer.from(given)];
  const name = `${sample.language}-${form}.txt`;
  return { name, group: 'text, UTF-16 and UTF-32', content: { make: () => encode(text) }, text, expected: 'done' };
}

function utf32(text: string): Uint8Array {
  const characters = Array.from(text);
  const bytes = Buffer.alloc(characters.length * 4);
  for (const [index, character] of characters.entries()) bytes.writeUInt32LE(character.codePointAt(0) ?? 0, index * 4);
  return bytes;
}
