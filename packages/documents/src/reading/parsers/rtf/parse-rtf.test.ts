import { describe, expect, it } from 'vitest';
import { sectionsOf } from '../../../testing/collect.ts';
import { DEFAULT_LIMITS } from '../../limits.ts';
import { parseRtf } from './parse-rtf.ts';

const read = (rtf: string | Uint8Array) =>
  sectionsOf(parseRtf(typeof rtf === 'string' ? Buffer.from(rtf, 'latin1') : rtf));
const textOf = async (rtf: string) => (await read(rtf)).map(({ text }) => text).join('\n');

describe('RTF', () => {
  it('has headings by style and outline level, and its title in front', async () => {
    const rtf =
      '{\\rtf1\\ansi{\\stylesheet{\\s0 Normal;}{\\s1 heading 1;}{\\s2\\outlinelevel1 My own;}}{\\info{\\title The ledger}{\\author Ada}}' +
      '\\pard\\s1 One\\par\\pard first\\par{\\pard\\s2 Two\\par}\\pard second\\par}';
    expect(await read(rtf)).toEqual([
      { page: 1, heading: 'The ledger', text: 'The ledger' },
      { page: 1, heading: 'One', headingPath: ['The ledger'], text: 'first' },
      { page: 1, heading: 'Two', headingPath: ['The ledger', 'One'], text: 'second' },
    ]);
  });

  it('is decoded by the character set of each font, its code page, and as Unicode with its fallback left out', async () => {
    const rtf =
      "{\\rtf1\\ansi\\ansicpg1251{\\fonttbl{\\f0\\fcharset204 A;}{\\f1\\fcharset128 B;}{\\f2 C;}}\\f0\\'cf\\'f0\\'e8\\'e2\\'e5\\'f2 " +
      "{\\f1\\'93\\'fa\\'96\\'7b} {\\f2\\'cf} {\\uc2\\u29872 ??\\u22659\\'3f\\'3f}\\u-10179 ?\\u-8704 ? \\'93q\\'94\\emdash\\par}";
    expect(await textOf(rtf)).toBe('Привет 日本 П 環境😀 “q”—');
  });

  it('leaves out deleted and hidden text, pictures, binary data and tables of its own', async () => {
    const rtf =
      '{\\rtf1{\\colortbl;\\red0;}{\\*\\unknown gone}kept{\\deleted gone}{\\v hidden}{\\pict 0a0b\\bin5 {}{{{}{\\*\\shppict{\\pict 00}} end\\par}';
    expect(await textOf(rtf)).toBe('kept end');
  });

  it('keeps rows on one line, notes and comments behind their paragraph, links, headers once', async () => {
    const rtf =
      '{\\rtf1{\\header top line\\par}{\\header top line\\par}{\\footer {\\field{\\*\\fldinst PAGE}{\\fldrslt 3}}}' +
      '\\trowd\\pard\\intbl Ada\\cell London\\cell\\row\\pard a note{\\footnote quicksilver} and{\\*\\atnauthor Ada}{\\*\\annotation check this} ' +
      '{\\field{\\*\\fldinst HYPERLINK "https://example.org/x"}{\\fldrslt a link}}\\par next\\par}';
    expect(await textOf(rtf)).toBe(
      'top line\n\nAda | London\n\na note and a link\n\nquicksilver\n\nComment (Ada): check this\n\nhttps://example.org/x\n\nnext',
    );
  });

  it('has pages at page breaks', async () => {
    const sections = await read('{\\rtf1 one\\par\\page two\\par\\pard\\pagebb three\\par}');
    expect(sections.map(({ page, text }) => [page, text])).toEqual([
      [1, 'one'],
      [2, 'two'],
      [3, 'three'],
    ]);
  });

  it('is read if it is cut off or empty, and refused if it is nested too deep', async () => {
    expect(await textOf('{\\rtf1{\\b bold{\\i words')).toBe('boldwords');
    expect(await read('{\\rtf1}')).toEqual([]);
    const deep = Buffer.from(`{\\rtf1${'{'.repeat(100_000)}`);
    await expect(sectionsOf(parseRtf(deep, { ...DEFAULT_LIMITS, depth: 1_000 }))).rejects.toMatchObject({
      code: 'DOCUMENT_TOO_COMPLEX',
    });
  });
});
