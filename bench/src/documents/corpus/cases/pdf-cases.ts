import { makePdf, makeRawPage, makeRawPdf } from '@taskwire/documents/testing';
import { degrees, PDFDocument, StandardFonts } from 'pdf-lib';
import type { DocumentCase } from '../corpus-document.ts';

const CHINESE = '北京市水务局公告';
const SIZE = 12;

/** PDFs of one peculiarity each. */
export const PDF_CASES: readonly DocumentCase[] = [
  { name: 'predefined-encoding.pdf', make: predefinedEncoding, text: CHINESE },
  { name: 'form-values.pdf', make: formValues, text: 'Name of the keeper Marigold Ferrars tends nine hives' },
  {
    name: 'scans-among-text.pdf',
    make: () => makePdf([[{ text: 'The only page with words', size: SIZE }], ...Array.from({ length: 9 }, () => [])]),
    text: 'The only page with words',
  },
  { name: 'only-scans.pdf', make: () => makePdf([[], [], []]), text: '', expected: 'DOCUMENT_EMPTY' },
  {
    name: 'bytes-before-header.pdf',
    make: () =>
      makeRawPdf(makeRawPage('BT /F1 12 Tf 72 700 Td (saffron barge) Tj ET'), { before: 'a log line\r\n\r\n' }),
    text: 'saffron barge',
  },
  { name: 'two-columns.pdf', make: twoColumns, text: 'left column begins and ends right column begins and ends' },
  { name: 'rotated-page.pdf', make: rotatedPage, text: 'Read me sideways across the sheet' },
  {
    name: 'hyphens-at-line-ends.pdf',
    make: () =>
      makePdf([
        ['The harbour-', 'master wrote an exam-', 'ple of a well-known rule.'].map((text) => ({ text, size: SIZE })),
      ]),
    text: 'The harbourmaster wrote an example of a well known rule',
  },
  {
    name: 'truncated.pdf',
    make: async () => (await makePdf([[{ text: 'Cut in the middle', size: SIZE }]])).subarray(0, 300),
    text: '',
    expected: 'DOCUMENT_UNREADABLE',
  },
  {
    name: 'no-pages.pdf',
    make: () => makeRawPdf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [] /Count 0 >>']),
    text: '',
    expected: 'DOCUMENT_UNREADABLE',
  },
];

function predefinedEncoding(): Uint8Array {
  const system = '/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >>';
  const descriptor = '/FontDescriptor << /Type /FontDescriptor /FontName /Some-Font /Flags 6 >>';
  const descendant = `<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Some-Font ${system} ${descriptor} >>`;
  const fonts = `/F2 << /Type /Font /Subtype /Type0 /BaseFont /Some-Font /Encoding /UniGB-UCS2-H /DescendantFonts [${descendant}] >>`;
  const hex = Buffer.from(CHINESE, 'utf16le').swap16().toString('hex');
  return makeRawPdf(makeRawPage(`BT /F2 14 Tf 72 700 Td <${hex}> Tj ET`, { fonts }));
}

async function formValues(): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const page = pdf.addPage([595, 842]);
  page.drawText('Name of the keeper', { x: 50, y: 780, size: SIZE });
  const form = pdf.getForm();
  const fields = { name: 'Marigold Ferrars', note: 'tends nine hives' };
  for (const [index, [name, value]] of Object.entries(fields).entries()) {
    const field = form.createTextField(name);
    field.setText(value);
    field.addToPage(page, { x: 50, y: 740 - index * 40, width: 200, height: 20 });
  }
  return pdf.save();
}

/** Draws line by line over both columns, as some programs do. */
async function twoColumns(): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  const page = pdf.addPage([595, 842]);
  for (const [index, ending] of ['begins', 'goes on', 'and ends'].entries()) {
    page.drawText(`left column ${ending}`, { x: 50, y: 780 - index * 15, size: SIZE, font });
    page.drawText(`right column ${ending}`, { x: 320, y: 780 - index * 15, size: SIZE, font });
  }
  return pdf.save();
}

async function rotatedPage(): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const page = pdf.addPage([595, 842]);
  page.setRotation(degrees(90));
  page.drawText('Read me sideways', { x: 300, y: 100, size: SIZE, rotate: degrees(90) });
  page.drawText('across the sheet', { x: 316, y: 100, size: SIZE, rotate: degrees(90) });
  return pdf.save();
}
