import { describe, expect, it } from 'vitest';
import { sectionsOf } from '../../../testing/collect.ts';
import { makeRawPage, makeRawPdf } from '../../../testing/make-raw-pdf.ts';
import { parsePdf } from './parse-pdf.ts';

/** A font whose encoding is one of the CMaps that every reader has to know. */
function compositeFont(encoding: string, ordering: string): string {
  const system = `/CIDSystemInfo << /Registry (Adobe) /Ordering (${ordering}) /Supplement 2 >>`;
  const descriptor = '/FontDescriptor << /Type /FontDescriptor /FontName /Some-Font /Flags 6 >>';
  const descendant = `<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Some-Font ${system} ${descriptor} >>`;
  return `/F2 << /Type /Font /Subtype /Type0 /BaseFont /Some-Font /Encoding /${encoding} /DescendantFonts [${descendant}] >>`;
}

const utf16 = (text: string) => Buffer.from(text, 'utf16le').swap16().toString('hex');

describe('openPdf', () => {
  it.each([
    { encoding: 'UniGB-UCS2-H', ordering: 'GB1', hex: utf16('北京市政府'), text: '北京市政府' },
    { encoding: 'UniJIS-UCS2-H', ordering: 'Japan1', hex: utf16('東京都条例'), text: '東京都条例' },
    { encoding: 'UniKS-UTF16-H', ordering: 'Korea1', hex: utf16('서울시'), text: '서울시' },
    { encoding: 'UniCNS-UCS2-H', ordering: 'CNS1', hex: utf16('臺灣文件'), text: '臺灣文件' },
    { encoding: 'UniGB-UCS2-H', ordering: 'CNS1', hex: utf16('臺灣文件'), text: '臺灣文件' },
    { encoding: 'UniGB-UTF16-H', ordering: 'Japan1', hex: utf16('東京條例'), text: '東京條例' },
    { encoding: 'UniCNS-UTF16-H', ordering: 'Korea1', hex: utf16('環境保護'), text: '環境保護' },
    { encoding: 'GBK-EUC-H', ordering: 'GB1', hex: 'b1b1bea9', text: '北京' },
    { encoding: '90ms-RKSJ-H', ordering: 'Japan1', hex: '93fa967b', text: '日本' },
    { encoding: 'KSCms-UHC-H', ordering: 'Korea1', hex: 'bcadbfef', text: '서울' },
    { encoding: 'ETen-B5-H', ordering: 'CNS1', hex: 'a5d5a6e2', text: '白色' },
  ])(
    'reads text of the predefined encoding $encoding in the collection $ordering',
    async ({ encoding, ordering, hex, text }) => {
      const fonts = compositeFont(encoding, ordering);
      const bytes = makeRawPdf(makeRawPage(`BT /F2 14 Tf 72 700 Td <${hex}> Tj ET`, { fonts }));
      expect(await sectionsOf(parsePdf(bytes))).toEqual([{ page: 1, text }]);
    },
  );

  it('reads a PDF whose header follows other bytes', async () => {
    for (const before of ['\n', 'HTTP/1.1 200 OK\r\n\r\n', 'x'.repeat(1000)]) {
      const bytes = makeRawPdf(makeRawPage('BT /F1 12 Tf 72 700 Td (saffron) Tj ET'), { before });
      expect(await sectionsOf(parsePdf(bytes))).toEqual([{ page: 1, text: 'saffron' }]);
    }
  });

  it('refuses a PDF without pages in plain words', async () => {
    const bytes = makeRawPdf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [] /Count 0 >>']);
    await expect(sectionsOf(parsePdf(bytes))).rejects.toMatchObject({ code: 'DOCUMENT_UNREADABLE' });
  });

  it('reads a PDF whose cross-reference table is not where the file says', async () => {
    const whole = Buffer.from(makeRawPdf(makeRawPage('BT /F1 12 Tf 72 700 Td (saffron) Tj ET'))).toString('latin1');
    const damaged = Buffer.from(whole.replace(/startxref\n\d+/, 'startxref\n99999'), 'latin1');
    expect(await sectionsOf(parsePdf(damaged))).toEqual([{ page: 1, text: 'saffron' }]);
  });

  it('refuses a PDF that is cut off in plain words', async () => {
    const whole = makeRawPdf(makeRawPage('BT /F1 12 Tf 72 700 Td (saffron) Tj ET'));
    await expect(sectionsOf(parsePdf(whole.slice(0, whole.length / 2)))).rejects.toMatchObject({
      code: 'DOCUMENT_UNREADABLE',
    });
  });

  it('reads a form of XFA that cannot be read as such as the PDF that holds it', async () => {
    const objects = makeRawPage('BT /F1 12 Tf 72 700 Td (saffron) Tj ET');
    objects[0] = '<< /Type /Catalog /Pages 2 0 R /AcroForm << /XFA [(template) 9 0 R] /Fields [] >> >>';
    expect(await sectionsOf(parsePdf(makeRawPdf(objects)))).toEqual([{ page: 1, text: 'saffron' }]);
  });
});
