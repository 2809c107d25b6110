import { PDFDocument, StandardFonts } from 'pdf-lib';

/** A PDF in which every page says its number in words that no other page has; then come pages without text. */
export async function makePdf(pages: number, { emptyPages = 0 } = {}): Promise<Buffer> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  for (let number = 1; number <= pages; number += 1) {
    const page = document.addPage();
    page.drawText(`This page carries the marker word${number}marker.`, { x: 50, y: 700, size: 14, font });
    for (let line = 0; line < 30; line += 1) {
      page.drawText(`Line ${line} is here so that reading the page takes a moment.`, {
        x: 50,
        y: 660 - line * 18,
        size: 12,
        font,
      });
    }
  }
  for (let number = 1; number <= emptyPages; number += 1) document.addPage();
  return Buffer.from(await document.save());
}
