import type { Annotation } from './annotations.ts';
import type { PdfDocument } from '../opening/open-pdf.ts';

/**
 * All types of annotations (pdf.js: AnnotationType; 27 is RichMedia, by the patch) but links (2) and popups (16), which
 * hold no text of their own.
 */
const TYPES: ReadonlySet<number> = new Set([
  1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 24, 27,
]);
/** Pages whose annotations are read at once. */
const BATCH = 64;

type Placed = Annotation & { pageIndex: number };

/**
 * Reads annotations, some pages at once: pdf.js reads all text of a page a second time for the links on it if it is
 * asked for all annotations of that page.
 */
export class AnnotationReader {
  readonly #pdf: PdfDocument;
  #first = 0;
  #batch: Placed[] | undefined;

  constructor(pdf: PdfDocument) {
    this.#pdf = pdf;
  }

  /** The annotations of a page (1-based); pages are asked for in order. */
  async read(page: number): Promise<Annotation[]> {
    const index = page - 1;
    if (this.#batch === undefined || index >= this.#first + BATCH) {
      this.#first = index;
      this.#batch = await this.#readPages(index, index + BATCH);
    }
    return this.#batch.filter(({ pageIndex }) => pageIndex === index);
  }

  /** A page that cannot be read fails its batch: then the pages are read one by one. */
  async #readPages(from: number, to: number): Promise<Placed[]> {
    const skipped = new Set<number>();
    for (let index = 0; index < this.#pdf.numPages; index += 1) if (index < from || index >= to) skipped.add(index);
    return this.#pdf.getAnnotationsByType(new Set(TYPES), skipped).then(
      (annotations) => annotations.filter(isPlaced),
      async () => {
        if (to - from === 1) return [];
        const pages: Placed[] = [];
        for (let index = from; index < to; index += 1) pages.push(...(await this.#readPages(index, index + 1)));
        return pages;
      },
    );
  }
}

function isPlaced(annotation: object): annotation is Placed {
  return 'pageIndex' in annotation && 'subtype' in annotation;
}
