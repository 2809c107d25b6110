/** The body of an object of a PDF: a dictionary, or a stream with its dictionary. */
export type PdfObject = string | { dictionary: string; stream: Uint8Array };

/**
 * Makes a PDF of objects, which are numbered from 1; the first is the catalog. For files that no library writes: old
 * encodings, odd trees, damage. `before` precedes the header, and `trailer` goes into the trailer's dictionary.
 */
export function makeRawPdf(
  objects: readonly PdfObject[],
  { before = '', trailer = '' }: { before?: string; trailer?: string } = {},
): Uint8Array {
  const pieces: Uint8Array[] = [];
  const offsets: number[] = [];
  let length = 0;
  const write = (piece: string | Uint8Array) => {
    const bytes = typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece;
    pieces.push(bytes);
    length += bytes.length;
  };
  write('%PDF-1.7\n');
  for (const [index, object] of objects.entries()) {
    offsets.push(length);
    write(`${index + 1} 0 obj\n`);
    for (const piece of bodyOf(object)) write(piece);
    write('\nendobj\n');
  }
  const start = length;
  const size = objects.length + 1;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  write(`xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\n`);
  write(`startxref\n${start}\n%%EOF\n`);
  return new Uint8Array(Buffer.concat([Buffer.from(before, 'latin1'), ...pieces]));
}

function bodyOf(object: PdfObject): (string | Uint8Array)[] {
  if (typeof object === 'string') return [object];
  const { dictionary, stream } = object;
  return [`<< ${dictionary} /Length ${stream.length} >>\nstream\n`, stream, '\nendstream'];
}

/** A stream object with this content. */
export function pdfStream(content: string): string {
  return `<< /Length ${String(content.length)} >>\nstream\n${content}\nendstream`;
}

/** One page with this content stream and these fonts (`/F1 << … >>`); both may name the objects that follow. */
export function makeRawPage(
  content: string,
  { fonts = '', page = '' }: { fonts?: string; page?: string } = {},
): string[] {
  return [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> ${fonts} >> >> ${page} >>`,
    pdfStream(content),
  ];
}
