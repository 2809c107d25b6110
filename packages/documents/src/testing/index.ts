export { collect, sectionsOf } from './collect.ts';
export { makePdf, type PdfPage } from './make-pdf.ts';
