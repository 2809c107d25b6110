import type { PdfDocument } from '../opening/open-pdf.ts';
import type { Annotation } from './annotations.ts';
import { placedAnnotation, type Placed } from './type-assertions.ts';

/**
 * All annotation types (pdf.js: AnnotationType; 27 is RichMedia, by the patch) except links (2) and popups (16), which
 * have no text of their own.
 */
const TYPES: ReadonlySet<number> = new Set([
  1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 24, 27,
]);
/** Number of pages whose annotations are read together. */
const BATCH = 64;

/**
 * Reads the annotations of several pages together. If pdf.js is asked for all annotations of a page, it reads the
 * page's text a second time for the links on it.
 */
export class AnnotationReader {
  readonly #pdf: PdfDocument;
  #first = 0;
  #batch: Placed[] | undefined;

  constructor(pdf: PdfDocument) {
    this.#pdf = pdf;
  }

  /** The annotations of a page (1-based). Callers request the pages in order. */
  async read(page: number): Promise<Annotation[]> {
    const index = page - 1;
    if (this.#batch === undefined || index >= this.#first + BATCH) {
      this.#first = index;
      this.#batch = await this.#readPages(index, index + BATCH);
    }
    return this.#batch.filter(({ pageIndex }) => pageIndex === index);
  }

  /** An unreadable page fails its batch. Then the pages are read one by one. */
  async #readPages(from: number, to: number): Promise<Placed[]> {
    const skipped = new Set<number>();
    for (let index = 0; index < this.#pdf.numPages; index += 1) if (index < from || index >= to) skipped.add(index);
    return this.#pdf.getAnnotationsByType(new Set(TYPES), skipped).then(
      (annotations) => annotations.flatMap((annotation) => placedAnnotation(annotation) ?? []),
      async () => {
        if (to - from === 1) return [];
        const pages: Placed[] = [];
        for (let index = from; index < to; index += 1) pages.push(...(await this.#readPages(index, index + 1)));
        return pages;
      },
    );
  }
}
