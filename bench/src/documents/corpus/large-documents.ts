import { LANGUAGE_SAMPLES, makePdf } from '@taskwire/documents/testing';
import type { CorpusDocument } from './corpus-document.ts';

const PDF_PAGES = 500;
/** Numbers of pages of the PDFs that are read beside unpdf alone. */
const PDF_SIZES = [1, 50, PDF_PAGES, 1_158];
const LINES_A_PAGE = 45;
const FONT_SIZE = 11;
const WORDS_A_LINE = 13;
const TEXT_BYTES = 10 * 1_024 * 1_024;

/** Documents that are large enough to measure the speed of a format. */
export function largeDocuments(): CorpusDocument[] {
  return [
    pdfOfPages(PDF_PAGES),
    { name: 'large.txt', group: 'text, UTF-8', content: { make: () => repeated((text) => `${text}\n\n`) } },
    {
      name: 'large.md',
      group: 'Markdown',
      content: {
        make: () => repeated((text, index) => `## Part ${index}\n\n${text}\n\n- *one* item\n- [two](#x)\n\n`),
      },
    },
    {
      name: 'large.html',
      group: 'HTML',
      content: { make: () => repeated((text, index) => `<h2>Part ${index}</h2>\n<p>${text} <b>bold</b></p>\n`) },
    },
  ];
}

/** PDFs of other sizes: the start of a process counts for much in small ones. */
export function pdfsOfSizes(): CorpusDocument[] {
  return PDF_SIZES.map(pdfOfPages);
}

function pdfOfPages(pages: number): CorpusDocument {
  return { name: `pages-${String(pages)}.pdf`, group: 'PDF', content: { make: () => makePages(pages) } };
}

const PARAGRAPHS = LANGUAGE_SAMPLES.filter(({ language }) => ['en', 'de', 'fr', 'es'].includes(language)).flatMap(
  ({ paragraphs }) => paragraphs.map(({ text }) => text),
);

function makePages(pages: number): Promise<Uint8Array> {
  // The standard fonts of PDF have the characters of Windows-1252 only, which these languages keep to.
  const words = PARAGRAPHS.join(' ').split(' ');
  const lineOf = (number: number) =>
    Array.from({ length: WORDS_A_LINE }, (_, index) => words[(number * WORDS_A_LINE + index) % words.length]).join(' ');
  const pageOf = (page: number) =>
    Array.from({ length: LINES_A_PAGE }, (_, line) => ({ text: lineOf(page * LINES_A_PAGE + line), size: FONT_SIZE }));
  return makePdf(Array.from({ length: pages }, (_, page) => pageOf(page)));
}

function repeated(write: (paragraph: string, index: number) => string): Uint8Array {
  const pieces: Buffer[] = [];
  for (let bytes = 0, index = 0; bytes < TEXT_BYTES; index += 1) {
    const piece = Buffer.from(write(PARAGRAPHS[index % PARAGRAPHS.length] ?? '', index));
    pieces.push(piece);
    bytes += piece.length;
  }
  return Buffer.concat(pieces);
}
