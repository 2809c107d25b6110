export { makeScan, type ScannedPicture } from './make-scan.ts';
export { boxesOf, isRunning } from './processes.ts';
export { collect, sectionsOf } from './collect.ts';
export { LANGUAGE_SAMPLES, type LanguageSample, type SampleParagraph } from './languages/index.ts';
export { makePdf, type PdfPage } from './make-pdf.ts';
export { makeUnicodePdf } from './make-unicode-pdf.ts';
export { wordRecall, type WordRecall } from './word-recall.ts';
export { characterRecall, type CharacterRecall } from './character-recall.ts';
export { wrapLines } from './wrap-lines.ts';
export { makeRawPage, makeRawPdf, pdfStream } from './make-raw-pdf.ts';
export { storeDocument, type TestChunk, type TestDocument } from './store-document.ts';
export {
  claimedPagesPdf,
  deepPageTreePdf,
  hugeImagePdf,
  inflatingPdf,
  multiplyingFormsPdf,
  recursiveFormPdf,
} from './pdf-worst-cases.ts';
export { WORST_CASES, type WorstCase } from './worst-cases.ts';
