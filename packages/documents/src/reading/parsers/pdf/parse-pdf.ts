import { DEFAULT_LIMITS, limitExceeded } from '../../limits.ts';
import type { Coverage, ParsedPart, Parser } from '../../section.ts';
import { AnnotationReader } from './annotations/annotation-reader.ts';
import { attachmentsWarning, labelsOf, readFacts } from './outline/document-facts.ts';
import { openPdf, pdfRefusal, type PdfDocument } from './opening/open-pdf.ts';
import { PageCollector } from './page-collector.ts';
import { readPage, type PageContent } from './read-page.ts';

/** Number of pages after which the reader releases fonts and images that it remembers. */
const CLEAN_UP_EVERY = 500;

/**
 * Reads a PDF, one part per page. The sections and coverage of a page come some parts later, when the surrounding pages
 * are known. A broken page is left out with a warning. A PDF with only broken pages is refused.
 */
export const parsePdf: Parser = async function* (bytes, limits = DEFAULT_LIMITS) {
  const pdf = await openPdf(bytes, { hasImages: false });
  try {
    if (pdf.numPages > limits.pages) throw limitExceeded('pages', limits);
    yield* readPages(pdf);
  } finally {
    await pdf.loadingTask.destroy();
  }
};

async function* readPages(pdf: PdfDocument): AsyncGenerator<ParsedPart, void> {
  const facts = await readFacts(pdf);
  const collector = new PageCollector(facts.outline);
  const reading = { files: [...facts.files], found: new PagesFound() };
  const annotations = new AnnotationReader(pdf);
  const pages = pdf.numPages;
  const partOf = (complete: readonly number[]) => {
    const pageLabels = labelsOf(complete, facts.labels);
    return { pages, coverage: reading.found.take(complete), ...(pageLabels === undefined ? {} : { pageLabels }) };
  };
  for (let page = 1; page <= pages; page += 1) {
    const content = await readPage(pdf, page, annotations).catch((error: unknown): PageContent => {
      reading.found.addUnreadable(page);
      if (reading.found.unreadable === pages) throw pdfRefusal(error);
      return { page, frames: [], texts: [], files: [], hyphenated: [] };
    });
    reading.files.push(...content.files);
    if (content.frames.length > 0 || content.texts.length > 0) reading.found.addText(page);
    const part = { ...partOf(collector.add(content)), done: page, total: pages, itemName: `page ${page} of ${pages}` };
    const warning = reading.found.isUnreadable(page) ? { warning: `page ${page} is broken and was left out` } : {};
    yield { ...part, ...warning, sections: collector.take(false) };
    if (page % CLEAN_UP_EVERY === 0) await pdf.cleanup();
  }
  const last = partOf(collector.finish());
  const warning = attachmentsWarning(reading.files);
  yield {
    ...last,
    sections: collector.take(true),
    done: pages,
    total: pages,
    ...(warning === undefined ? {} : { warning }),
  };
}

/** Findings on pages whose coverage was not returned yet. */
class PagesFound {
  readonly #withText = new Set<number>();
  readonly #unreadable = new Set<number>();

  /** Number of pages that could not be read. */
  get unreadable(): number {
    return this.#unreadable.size;
  }

  addText(page: number): void {
    this.#withText.add(page);
  }

  addUnreadable(page: number): void {
    this.#unreadable.add(page);
  }

  isUnreadable(page: number): boolean {
    return this.#unreadable.has(page);
  }

  /** The coverage of these pages. */
  take(pages: readonly number[]): Coverage {
    const withText = pages.filter((page) => this.#withText.has(page));
    const pagesUnreadable = pages.filter((page) => this.#unreadable.has(page));
    const pagesWithoutText = pages.filter((page) => !this.#withText.has(page) && !this.#unreadable.has(page));
    for (const page of withText) this.#withText.delete(page);
    return { pagesWithText: withText.length, pagesWithoutText, pagesUnreadable };
  }
}
