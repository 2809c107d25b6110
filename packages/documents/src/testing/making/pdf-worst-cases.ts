import { deflateSync } from 'node:zlib';
import { makeRawPdf, type PdfObject } from './make-raw-pdf.ts';

const CATALOGUE = '<< /Type /Catalog /Pages 2 0 R >>';
const PAGES = '<< /Type /Pages /Kids [3 0 R] /Count 1 >>';
const FONT = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>';

/** A page (object 3) whose content is object 4. */
const page = (resources: string) =>
  `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << ${resources} >> >>`;

/** A page whose content inflates, twice, to megabytes of operators that show nothing. */
export function inflatingPdf(mebibytes: number): Uint8Array {
  const operators = Buffer.alloc(mebibytes * 1_024 * 1_024, 'q Q ');
  const stream = deflateSync(deflateSync(operators));
  return makeRawPdf([CATALOGUE, PAGES, page(''), { dictionary: '/Filter [/FlateDecode /FlateDecode]', stream }]);
}

interface MultiplyingForms {
  pages?: number;
  /** Content of the innermost form: a text, or nothing. */
  innermost?: string;
  /** Whether an annotation shows the forms, or the page itself does. */
  isStamp?: boolean;
}

/** Pages of nested forms, each of which shows the next one ten times: 10^levels forms per page. */
export function multiplyingFormsPdf(
  levels: number,
  { pages = 1, innermost = 'BT /F 9 Tf (form) Tj ET', isStamp = false }: MultiplyingForms = {},
): Uint8Array {
  const content = 3 + pages;
  const font = content + levels + 2;
  const box = '/Type /XObject /Subtype /Form /BBox [0 0 9 9]';
  const forms = Array.from({ length: levels }, (_, level): PdfObject => {
    const next = `/XObject << /Next ${content + level + 2} 0 R >>`;
    return { dictionary: `${box} /Resources << ${next} >>`, stream: Buffer.from('/Next Do\n'.repeat(10)) };
  });
  const stamp = `<< /Type /Annot /Subtype /Stamp /Rect [0 0 9 9] /AP << /N ${content + 1} 0 R >> >>`;
  const one = `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${content} 0 R
    /Resources << /XObject << /Next ${content + 1} 0 R >> >> ${isStamp ? `/Annots [${stamp}]` : ''} >>`;
  const kids = Array.from({ length: pages }, (_, index) => `${3 + index} 0 R`).join(' ');
  return makeRawPdf([
    CATALOGUE,
    `<< /Type /Pages /Kids [${kids}] /Count ${pages} >>`,
    ...Array.from({ length: pages }, () => one),
    { dictionary: '', stream: Buffer.from(isStamp ? '' : '/Next Do') },
    ...forms,
    { dictionary: `${box} /Resources << /Font << /F ${font} 0 R >> >>`, stream: Buffer.from(innermost) },
    FONT,
  ]);
}

/** A form that shows itself. */
export function recursiveFormPdf(): Uint8Array {
  const draw = Buffer.from('BT /F 9 Tf (form) Tj ET /Next Do');
  const resources = '/XObject << /Next 5 0 R >> /Font << /F 6 0 R >>';
  const form = `/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << ${resources} >>`;
  return makeRawPdf([
    CATALOGUE,
    PAGES,
    page(resources),
    { dictionary: '', stream: draw },
    { dictionary: form, stream: draw },
    FONT,
  ]);
}

/** A deep tree of pages, with one page at its end. */
export function deepPageTreePdf(levels: number): Uint8Array {
  const nodes = Array.from(
    { length: levels },
    (_, level) => `<< /Type /Pages /Kids [${level + 3} 0 R] /Count 1 /Parent ${Math.max(2, level + 1)} 0 R >>`,
  );
  return makeRawPdf([CATALOGUE, ...nodes, '<< /Type /Page /MediaBox [0 0 9 9] >>']);
}

/** A PDF that claims a number of pages but has one. */
export function claimedPagesPdf(pages: number): Uint8Array {
  const node = `<< /Type /Pages /Kids [3 0 R] /Count ${pages} >>`;
  return makeRawPdf([CATALOGUE, node, page(''), { dictionary: '', stream: Buffer.from('') }]);
}

/** A page that shows a large square image, which is one short stream of zeros. */
export function hugeImagePdf(pixels: number): Uint8Array {
  const image = `/Type /XObject /Subtype /Image /Width ${pixels} /Height ${pixels} /BitsPerComponent 8 /ColorSpace /DeviceGray`;
  return makeRawPdf([
    CATALOGUE,
    PAGES,
    page('/XObject << /Image 5 0 R >>'),
    { dictionary: '', stream: Buffer.from('/Image Do') },
    { dictionary: `${image} /Filter /FlateDecode`, stream: deflateSync(Buffer.alloc(65_536)) },
  ]);
}

/** A page with text, and an outline with one entry per level. */
export function deepOutlinePdf(levels: number): Uint8Array {
  const first = 6;
  const entries = Array.from({ length: levels }, (_, level) => {
    const below = level + 1 < levels ? `/First ${first + level + 1} 0 R /Last ${first + level + 1} 0 R /Count 1` : '';
    return `<< /Title (level ${level}) /Parent ${first + level - 1} 0 R /Dest [3 0 R /Fit] ${below} >>`;
  });
  return makeRawPdf([
    '<< /Type /Catalog /Pages 2 0 R /Outlines 5 0 R >>',
    PAGES,
    page(`/Font << /F1 ${FONT} >>`),
    { dictionary: '', stream: Buffer.from('BT /F1 10 Tf 72 700 Td (a page with text) Tj ET') },
    `<< /Type /Outlines /First ${first} 0 R /Last ${first} 0 R /Count 1 >>`,
    ...entries,
  ]);
}
