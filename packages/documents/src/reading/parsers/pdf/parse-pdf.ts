import type { Coverage, ParsedPart } from '../../section.ts';
import { SectionCollector } from '../../section-collector.ts';
import { PdfHeadings } from './headings.ts';
import { linesOf, paragraphsOf, type PdfLine, type PdfTextItem } from './lines.ts';
import { openPdf, pdfRefusal, type PdfDocument } from './open-pdf.ts';

/** Pages after which what the reader remembers between pages (fonts, images) is let go. */
const CLEAN_UP_EVERY = 50;

async function readLines(pdf: PdfDocument, pageNumber: number): Promise<PdfLine[]> {
  const page = await pdf.getPage(pageNumber);
  try {
    const { items } = await page.getTextContent();
    return linesOf(items.filter((item): item is typeof item & PdfTextItem => 'str' in item));
  } finally {
    page.cleanup();
  }
}

/** Reads a PDF page by page. A page that is broken is left out with a warning; a PDF of such pages only is refused. */
export async function* parsePdf(bytes: Uint8Array): AsyncGenerator<ParsedPart, void> {
  const pdf = await openPdf(bytes);
  try {
    yield* readPages(pdf);
  } finally {
    await pdf.loadingTask.destroy();
  }
}

async function* readPages(pdf: PdfDocument): AsyncGenerator<ParsedPart, void> {
  const collector = new SectionCollector();
  const headings = new PdfHeadings();
  const pages = pdf.numPages;
  let broken = 0;
  for (let page = 1; page <= pages; page += 1) {
    const part = { pages, done: page, total: pages, itemName: `page ${page} of ${pages}` };
    collector.startPage(page);
    const lines = await readLines(pdf, page).catch((error: unknown): undefined => {
      broken += 1;
      if (broken === pages) throw pdfRefusal(error);
    });
    if (lines !== undefined) collectPage(lines, { collector, headings });
    const warning = lines === undefined ? { warning: `page ${page} is broken and was left out` } : {};
    yield { ...part, ...warning, sections: collector.take(), coverage: coverageOf(page, lines) };
    if (page % CLEAN_UP_EVERY === 0) await pdf.cleanup();
  }
  yield { sections: collector.finish(), pages, done: pages, total: pages };
}

function coverageOf(page: number, lines: PdfLine[] | undefined): Coverage {
  return {
    pagesWithText: lines === undefined || lines.length === 0 ? 0 : 1,
    pagesWithoutText: lines?.length === 0 ? [page] : [],
    pagesUnreadable: lines === undefined ? [page] : [],
  };
}

function collectPage(lines: PdfLine[], into: { collector: SectionCollector; headings: PdfHeadings }): void {
  into.headings.learn(lines);
  for (const paragraph of paragraphsOf(lines)) {
    if (into.headings.isHeading(paragraph)) into.collector.startHeading(paragraph.text);
    else into.collector.addParagraph(paragraph.text);
  }
}
