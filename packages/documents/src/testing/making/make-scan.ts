import { makeRawPdf, type PdfObject } from './make-raw-pdf.ts';

/** A picture: its samples row by row, each row beginning at a byte. */
export interface ScannedPicture {
  width: number;
  height: number;
  /** 1: black and white; 8: grey. */
  bits: 1 | 8;
  samples: Uint8Array;
  /** Whether it is a stencil, through which black is drawn where a bit is 0. */
  isStencil?: boolean;
}

const FIRST_PAGE = 4;
const OBJECTS_OF_PAGE = 3;

/** Makes a PDF whose pages show one line of text each, or a picture that fills the page, like scans. */
export function makeScan(pages: readonly (string | ScannedPicture)[]): Uint8Array {
  const numbers = pages.map((_, index) => FIRST_PAGE + index * OBJECTS_OF_PAGE);
  const kids = numbers.map((number) => `${number} 0 R`).join(' ');
  return makeRawPdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...pages.flatMap((page, index) => objectsOf(page, numbers[index] ?? 0)),
  ]);
}

function objectsOf(page: string | ScannedPicture, number: number): PdfObject[] {
  const resources = `/Font << /F 3 0 R >> /XObject << /Picture ${number + 2} 0 R >>`;
  const content = typeof page === 'string' ? `BT /F 12 Tf 50 700 Td (${page}) Tj ET` : '595 0 0 842 0 0 cm /Picture Do';
  const node = `/Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${number + 1} 0 R`;
  return [
    `<< ${node} /Resources << ${resources} >> >>`,
    { dictionary: '', stream: Buffer.from(content) },
    typeof page === 'string' ? '<< >>' : pictureObject(page),
  ];
}

function pictureObject({ width, height, bits, samples, isStencil = false }: ScannedPicture): PdfObject {
  const kind = isStencil ? '/ImageMask true' : '/ColorSpace /DeviceGray';
  return {
    dictionary: `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /BitsPerComponent ${bits} ${kind}`,
    stream: samples,
  };
}
