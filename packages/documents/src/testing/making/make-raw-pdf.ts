/**
 * Makes a PDF of objects as they stand in a file: the first is number 1 and the catalog. For what no library writes:
 * old encodings, odd trees, damage. `before` stands in front of the header, `trailer` in the trailer's dictionary.
 */
export function makeRawPdf(
  objects: readonly string[],
  { before = '', trailer = '' }: { before?: string; trailer?: string } = {},
): Uint8Array {
  let file = '%PDF-1.7\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${String(index + 1)} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const xref = file.length;
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = String(objects.length + 1);
  file += `xref\n0 ${size}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\n`;
  return Buffer.from(`${before}${file}startxref\n${String(xref)}\n%%EOF\n`, 'latin1');
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
