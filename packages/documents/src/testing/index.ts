export { makeScan, type ScannedPicture } from './making/make-scan.ts';
export { boxesOf, isRunning } from './processes.ts';
export { collect, sectionsOf } from './collect.ts';
export { LANGUAGE_SAMPLES, type LanguageSample, type SampleParagraph } from './languages/index.ts';
export { makePdf, type PdfPage } from './making/make-pdf.ts';
export { makeUnicodePdf, wrapLines } from './making/make-unicode-pdf.ts';
export { wordRecall, type WordRecall } from './measuring/word-recall.ts';
export { characterRecall, type CharacterRecall } from './measuring/character-recall.ts';
export { makeRawPage, makeRawPdf, pdfStream } from './making/make-raw-pdf.ts';
export { storeDocument, type TestChunk, type TestDocument } from './store-document.ts';
export {
  claimedPagesPdf,
  deepPageTreePdf,
  hugeImagePdf,
  inflatingPdf,
  multiplyingFormsPdf,
  recursiveFormPdf,
} from './making/pdf-worst-cases.ts';
export { WORST_CASES, type WorstCase } from './making/worst-cases.ts';
