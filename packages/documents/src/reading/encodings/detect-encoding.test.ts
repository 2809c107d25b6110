import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { LANGUAGE_SAMPLES } from '../../testing/index.ts';
import { ByteSample, sampleOf } from './byte-sample.ts';
import { detectEncoding } from './detect-encoding.ts';
import { decodeAll } from './text-decoder.ts';

/** Encodings from before Unicode, by language. */
const OLD_ENCODINGS: Readonly<Record<string, readonly string[]>> = {
  en: ['windows-1252'],
  de: ['windows-1252', 'iso-8859-15'],
  fr: ['windows-1252'],
  es: ['windows-1252'],
  it: ['windows-1252'],
  pt: ['windows-1252'],
  nl: ['windows-1252'],
  sv: ['windows-1252'],
  da: ['windows-1252'],
  fi: ['windows-1252'],
  pl: ['iso-8859-2', 'windows-1250'],
  cs: ['iso-8859-2', 'windows-1250'],
  ru: ['windows-1251', 'koi8-r', 'iso-8859-5', 'cp866', 'maccyrillic'],
  uk: ['windows-1251', 'koi8-u'],
  el: ['windows-1253', 'iso-8859-7'],
  tr: ['windows-1254'],
  he: ['windows-1255'],
  ar: ['windows-1256', 'iso-8859-6'],
  th: ['windows-874'],
  zh: ['gbk', 'gb18030', 'big5'],
  ja: ['shift_jis', 'euc-jp'],
  ko: ['euc-kr'],
};
const WIDE = ['utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'];

const samples = LANGUAGE_SAMPLES.map(({ language, paragraphs }) => ({
  language,
  text: paragraphs.map(({ text }) => text).join('\n\n'),
}));
/** A text after encoding and decoding, with a question mark for each character that the encoding lacks. */
const throughEncoding = (text: string, encoding: string) => iconv.decode(iconv.encode(text, encoding), encoding);
const decoded = (bytes: Uint8Array) => {
  const { encoding } = detectEncoding(sampleOf(bytes));
  return encoding === undefined ? undefined : decodeAll(bytes, encoding);
};

describe('detectEncoding', () => {
  const old = samples.flatMap(({ language, text }) =>
    (OLD_ENCODINGS[language] ?? []).map((encoding) => ({ language, encoding, text })),
  );

  it.each(old)('tells $encoding of a text in $language', ({ encoding, text }) => {
    // Traditional characters only, because Big5 has no others.
    const written = encoding === 'big5' ? '古老的燈塔矗立在寒冷的海邊。每天晚上，看守人都會爬上去點亮那盞大燈。' : text;
    expect(decoded(iconv.encode(written, encoding))).toBe(throughEncoding(written, encoding));
  });

  it.each(old)('tells $encoding of one paragraph in $language', ({ encoding, text }) => {
    const [paragraph = ''] = text.split('\n\n');
    if (encoding === 'big5') return;
    expect(decoded(iconv.encode(paragraph, encoding))).toBe(throughEncoding(paragraph, encoding));
  });

  it.each(samples.flatMap(({ language, text }) => WIDE.map((encoding) => ({ language, encoding, text }))))(
    'tells $encoding without a byte order mark of a text in $language',
    ({ encoding, text }) => {
      expect(decoded(iconv.encode(text, encoding, { addBOM: false }))).toBe(text);
    },
  );

  it.each(samples)('takes UTF-8 with a broken byte for UTF-8: $language', ({ text }) => {
    const bytes = Buffer.concat([Buffer.from(text), Buffer.from([0xe9, 0x20]), Buffer.from(text)]);
    expect(decoded(bytes)).toBe(`${text}\ufffd ${text}`);
  });

  it.each([
    ['gbk', '北京市政府'],
    ['big5', '臺北市政府發布新的條例'],
    ['shift_jis', '東京都の条例'],
    ['euc-kr', '안녕하세요 세계'],
    ['windows-1251', 'Привет'],
    ['windows-1250', 'Zażółć gęślą jaźń'],
    ['windows-1254', 'Güneş doğdu'],
    ['windows-1255', 'שלום עולם'],
    ['windows-1252', '“Quoted” – text, déjà vu'],
    ['windows-1252', 'Temperature 20°C ±1 ½'],
    ['cp850', 'Größe über Straße'],
  ])('tells %s of a few words: %s', (encoding, text) => {
    expect(decoded(iconv.encode(text, encoding))).toBe(text);
  });

  it('recognises UTF-8 with replacement characters in it', () => {
    expect(detectEncoding(Buffer.from('bytes that are lost become \ufffd'))).toEqual({ encoding: 'utf-8' });
  });

  it('finds the few telling bytes anywhere in a large file', () => {
    const far = Buffer.concat([
      Buffer.from('plain words\n'.repeat(200_000)),
      Buffer.from('caf\xe9 \x80 5\n', 'latin1'),
    ]);
    expect(detectEncoding(sampleOf(far))).toEqual({ encoding: 'windows-1252' });
  });

  it('gives the same answer for a file in chunks of any size', () => {
    const bytes = iconv.encode(
      samples
        .map(({ text }) => text)
        .join('\n')
        .repeat(20),
      'utf-8',
    );
    for (const size of [1_000, 4_096, 65_536, 100_000]) {
      const sample = new ByteSample();
      for (let start = 0; start < bytes.length; start += size) sample.add(bytes.subarray(start, start + size));
      expect(Buffer.compare(sample.take(), sampleOf(bytes))).toBe(0);
    }
  });

  it('reads ISO-2022-JP, all of whose bytes are ASCII', () => {
    const bytes = Buffer.from('1b24423845234924214a321b28420a', 'hex');
    expect(detectEncoding(bytes)).toEqual({ encoding: 'iso-2022-jp' });
  });

  it('takes a declared encoding of HTML and XML before a guess, but not UTF-8 that it is not', () => {
    const page = (charset: string, text: Buffer) => Buffer.concat([Buffer.from(`<meta charset="${charset}">`), text]);
    const polish = Buffer.from([0xbf, 0xf3, 0xb3, 0x77]);
    expect(detectEncoding(page('iso-8859-2', polish))).toEqual({ encoding: 'iso-8859-2' });
    const short = Buffer.from([0xd3, 0xd4, 0xc1, 0xd2]);
    expect(detectEncoding(Buffer.concat([Buffer.from('<?xml version="1.0" encoding="koi8-r"?>'), short]))).toEqual({
      encoding: 'koi8-r',
    });
    const russian = iconv.encode('Старый маяк стоит на берегу холодного моря.', 'koi8-r');
    expect(detectEncoding(page('utf-8', russian))).toEqual({ encoding: 'koi8-r' });
    expect(detectEncoding(page('iso-8859-1', Buffer.from('grüße')))).toEqual({ encoding: 'utf-8' });
    expect(detectEncoding(Buffer.concat([Buffer.from('@charset "koi8-r"; '), polish]))).not.toEqual({
      encoding: 'koi8-r',
    });
  });

  it('tells binary files and texts of an encoding that no decoder knows', () => {
    const random = Uint8Array.from({ length: 10_000 }, (_, index) => (index * index * 31 + index * 7) % 256);
    expect(detectEncoding(random)).toEqual({ problem: 'binary' });
    const ebcdic = Buffer.from(`${'c88593939640a38889a240'.repeat(8)}15`.repeat(20), 'hex');
    expect(detectEncoding(ebcdic)).toEqual({ problem: 'unknown' });
  });
});
