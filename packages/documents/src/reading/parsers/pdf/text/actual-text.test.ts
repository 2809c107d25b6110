import { describe, expect, it } from 'vitest';
import { sectionsOf } from '../../../../testing/collect.ts';
import { makeRawPage, makeRawPdf } from '../../../../testing/making/make-raw-pdf.ts';
import { withActualText } from './actual-text.ts';
import { parsePdf } from '../parse-pdf.ts';

const hexOf = (text: string) => `FEFF${Buffer.from(text, 'utf16le').swap16().toString('hex')}`;
const span = (text: string, shown: string) => `/Span << /ActualText <${hexOf(text)}> >> BDC ${shown} EMC`;

/** Text at a place. Each call makes its own text object. */
const show = (glyphs: string, x: number, y = 700) => `BT /F1 12 Tf ${String(x)} ${String(y)} Td (${glyphs}) Tj ET`;

async function textOf(content: string, page = ''): Promise<string> {
  const [section] = await sectionsOf(parsePdf(makeRawPdf(makeRawPage(content, { page }))));
  return section?.text ?? '';
}

describe('text that a PDF states itself', () => {
  it('replaces letters that the font lacks', async () => {
    const letters = Array.from('环境保护条例', (letter, index) => span(letter, show('X', 140 + index * 8)));
    expect(await textOf(`${show('Rules: ', 100)} ${letters.join(' ')}`)).toBe('Rules: 环境保护条例');
  });

  it('is found at the place that the page names', async () => {
    const page = `/Resources << /Properties << /MC0 << /ActualText <${hexOf('क्षत्रिय')}> >> >> /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>`;
    const [catalog = '', pages = '', , content = ''] = makeRawPage(`/Span /MC0 BDC ${show('Xq', 100)} EMC`);
    const named = `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R ${page} >>`;
    const [section] = await sectionsOf(parsePdf(makeRawPdf([catalog, pages, named, content])));
    expect(section?.text).toBe('क्षत्रिय');
  });

  it('of outer content replaces all inner content', async () => {
    const inner = `${span('wrong', show('a', 100))} ${show('b', 107)}`;
    expect(await textOf(`${span('officer', inner)} ${show('and', 150)}`)).toBe('officer and');
  });

  it('makes a word whole that a stated soft hyphen divides', async () => {
    const content = `${show('light', 100)} ${span('\u00ad', show('-', 122))} ${show('house and', 100, 686)}`;
    expect(await textOf(content)).toBe('lighthouse and');
  });

  it('hides glyphs whose stated text is empty', async () => {
    expect(await textOf(`${show('Total', 100)} ${span('', show('......', 140))} ${show('12', 180)}`)).toBe('Total 12');
  });

  it('keeps content without a stated text', async () => {
    const content = `/P << /MCID 0 >> BDC ${show('plain words', 100)} EMC /Artifact BMC ${show('seven', 200)} EMC`;
    expect(await textOf(content)).toBe('plain words seven');
  });

  it('counts also where its content does not end', async () => {
    expect(await textOf(`/Span << /ActualText <${hexOf('ending')}> >> BDC ${show('e', 100)}`)).toBe('ending');
  });

  it('runs from right to left if its letters do', () => {
    const glyph = { str: 'X', dir: 'ltr', transform: [12, 0, 0, 12, 100, 700], width: 8, height: 12, fontName: 'F1' };
    const marks = [{ type: 'beginMarkedContentProps', actualText: 'لا' }, glyph, { type: 'endMarkedContent' }];
    expect(withActualText(marks)).toEqual([{ ...glyph, str: 'لا', dir: 'rtl' }]);
  });
});
