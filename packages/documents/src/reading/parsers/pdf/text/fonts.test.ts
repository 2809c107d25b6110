import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { sectionsOf } from '../../../../testing/collect.ts';
import { makeRawPage, makeRawPdf, pdfStream } from '../../../../testing/making/make-raw-pdf.ts';
import { parsePdf } from '../parse-pdf.ts';

/**
 * The text of a page that shows `shown`, a PDF string, in the font F2. `objects` follow the page's objects from 5 on.
 */
async function textOf(shown: string, font: string, objects: readonly string[] = []): Promise<string> {
  const page = makeRawPage(`BT /F2 12 Tf 72 700 Td ${shown} Tj ET`, { fonts: `/F2 << /Type /Font ${font} >>` });
  const sections = await sectionsOf(parsePdf(makeRawPdf([...page, ...objects])));
  return sections.map(({ text }) => text).join('\n');
}

/** A map to Unicode; keys are codes of two hexadecimal digits. */
function toUnicodeMap(texts: Readonly<Record<string, string>>): string {
  const entries = Object.entries(texts).map(
    ([code, text]) => `<${code}> <${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`,
  );
  const begin = '/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <ff>';
  return `${begin} endcodespacerange ${entries.length} beginbfchar ${entries.join('\n')} endbfchar endcmap`;
}

const MAPPED =
  '/Subtype /TrueType /BaseFont /Some-Font /ToUnicode 5 0 R /FirstChar 97 /LastChar 100 /Widths [500 500 500 500]';

describe('names of glyphs', () => {
  const named = (names: string) =>
    `/Subtype /Type1 /BaseFont /Some-Font /Encoding << /Type /Encoding /Differences [128 ${names}] >>`;

  it.each([
    { names: '/one.oldstyle /six.os /eight.lnum /zero.taboldstyle', text: '1680' },
    { names: '/A.sc /n.swash /d.end', text: 'And' },
    { names: '/f_f_i /T_h /c_t.dlig', text: 'ffiThct' },
    { names: '/uni0416.alt /u0436.ss01', text: 'Жж' },
  ])('are read without the suffixes of glyph variants ($names)', async ({ names, text }) => {
    const codes = names.split(' ').map((_, index) => (128 + index).toString(16));
    expect(await textOf(`<${codes.join('')}>`, named(names))).toBe(text);
  });

  it('that mean nothing are not divided', async () => {
    expect(await textOf('(ab)', named('/g1.x /x_y.z /.notdef'))).toBe('ab');
  });
});

describe('signs of ZapfDingbats', () => {
  it.each([
    { name: 'ZapfDingbats', descriptor: '', text: '✓✗■●' },
    {
      name: 'ITCZapfDingbats',
      descriptor: '/FontDescriptor << /Type /FontDescriptor /FontName /ITCZapfDingbats /Flags 4 >>',
      text: '✓✗■●',
    },
    { name: 'Helvetica', descriptor: '', text: '37nl' },
  ])('are signs, not the letters of their codes ($name)', async ({ name, descriptor, text }) => {
    const font = `/Subtype /Type1 /BaseFont /${name} ${descriptor}`;
    expect(await textOf('(37nl)', font)).toBe(text);
  });
});

describe('glyphs of several letters from right to left', () => {
  it.each([
    { name: 'a ligature that the map spells out', middle: 'لا', text: 'سلام' },
    { name: 'a ligature with a code of its own', middle: '\ufefb', text: 'سلام' },
    { name: 'a ligature that is normalized', middle: '\ufccb', text: 'سلخم' },
    { name: 'a ligature of three letters', middle: 'لله', text: 'سللهم' },
    { name: 'a letter with its mark', middle: 'بّ', text: 'سبّم' },
  ])('keep the order of their letters: $name', async ({ middle, text }) => {
    // Glyphs stand from left to right: the word's last letter comes first.
    const map = toUnicodeMap({ '61': 'م', '62': middle, '63': 'س' });
    expect((await textOf('(abc)', MAPPED, [pdfStream(map)])).normalize('NFKC')).toBe(text);
  });

  it('keep it if letters are drawn one by one from the right', async () => {
    const map = pdfStream(toUnicodeMap({ '61': 'م', '62': 'لا', '63': 'س' }));
    const shown = '(c) Tj -6 0 Td (b) Tj -6 0 Td (a)';
    expect(await textOf(shown, MAPPED, [map])).toBe('سلام');
  });
});

describe('fonts without a descriptor', () => {
  it.each([
    { encoding: '90ms-RKSJ-H', ordering: 'Japan1', hex: '93fa967b8cea', text: '日本語' },
    { encoding: 'GBK-EUC-H', ordering: 'GB1', hex: 'b1b1bea9', text: '北京' },
    { encoding: 'UniKS-UCS2-H', ordering: 'Korea1', hex: 'c11cc6b8', text: '서울' },
  ])('are read by their encoding $encoding', async ({ encoding, ordering, hex, text }) => {
    const system = `/CIDSystemInfo << /Registry (Adobe) /Ordering (${ordering}) /Supplement 2 >>`;
    const descendant = `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Some-Font ${system} /DW 1000 >>`;
    const font = `/Subtype /Type0 /BaseFont /Some-Font /Encoding /${encoding} /DescendantFonts [${descendant}]`;
    expect(await textOf(`<${hex}>`, font)).toBe(text);
  });

  it('are read by their map to Unicode', async () => {
    const descendant = '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Helvetica /DW 500 >>';
    const font = `/Subtype /Type0 /BaseFont /Helvetica /Encoding /Identity-H /ToUnicode 5 0 R /DescendantFonts [${descendant}]`;
    const map = toUnicodeMap({ '0001': 't', '0002': 'a', '0003': 'r' }).replace('<00> <ff>', '<0000> <ffff>');
    expect(await textOf('<000100020003>', font, [pdfStream(map)])).toBe('tar');
  });
});

describe('a compressed map to Unicode', () => {
  it('is used as far as it can be unpacked', async () => {
    const map = `${toUnicodeMap({ '61': 'r', '62': 'y', '63': 'e' })}\n% ${'remarks and no end of them '.repeat(40)}`;
    const packed = deflateSync(Buffer.from(map, 'latin1'));
    for (const missing of [4, 8, 12]) {
      const data = Buffer.concat([packed.subarray(0, -missing), Buffer.from('ffffff', 'hex')]).toString('latin1');
      const stream = `<< /Filter /FlateDecode /Length ${data.length} >>\nstream\n${data}\nendstream`;
      expect(await textOf('(abc)', MAPPED, [stream])).toBe('rye');
    }
  });
});

describe('fonts of the system that are shown by numbers of glyphs', () => {
  const codesOf = (glyphs: readonly number[]) => glyphs.map((glyph) => glyph.toString(16).padStart(4, '0')).join('');

  it.each([
    { name: 'Arial', glyphs: [36, 81, 74, 79, 72], text: 'Angle' },
    { name: 'ArialMT', glyphs: [589, 605, 613, 616, 604, 602, 633], text: 'Угловая' },
    { name: 'TimesNewRoman,Bold', glyphs: [57, 82, 79, 88, 80, 72, 86], text: 'Volumes' },
    { name: 'CourierNewPSMT', glyphs: [20, 22, 24], text: '135' },
  ])('are read by the numbers that $name gives its glyphs', async ({ name, glyphs, text }) => {
    const descriptor = `<< /Type /FontDescriptor /FontName /${name} /Flags 4 /ItalicAngle 0 >>`;
    const descendant = `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /${name} /DW 600 /FontDescriptor ${descriptor} >>`;
    const font = `/Subtype /Type0 /BaseFont /${name} /Encoding /Identity-H /DescendantFonts [${descendant}]`;
    expect(await textOf(`<${codesOf(glyphs)}>`, font)).toBe(text);
  });
});
