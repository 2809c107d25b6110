import { PDFDocument, StandardFonts } from 'pdf-lib';

/** A page of a made PDF: lines from top to bottom, each with its size in points; an empty line is a gap. */
export type PdfPage = readonly { text: string; size: number }[];

/** Makes a PDF. A page without lines has no text, like a scanned page. */
export async function makePdf(pages: readonly PdfPage[]): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (const lines of pages) {
    const page = pdf.addPage([595, 842]);
    let y = 800;
    for (const { text, size } of lines) {
      if (text !== '') page.drawText(text, { x: 50, y, size, font });
      y -= size * 1.25;
    }
  }
  return pdf.save();
}
