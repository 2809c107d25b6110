import type { Section } from '../../section.ts';
import { SectionCollector } from '../../section-collector.ts';
import { blocksOf } from './layout/columns.ts';
import { PdfHeadings } from './outline/headings.ts';
import { Hyphenation } from './text/hyphenation.ts';
import type { OutlineEntry } from './outline/outline.ts';
import { breaksOf, stepsByOutline, type PageStep } from './outline/page-headings.ts';
import { linesOf, paragraphsOf, type PdfLine } from './layout/paragraphs.ts';
import type { PageContent } from './read-page.ts';
import { marginsOf, RunningRows, type PageMargins } from './layout/running-rows.ts';

/** Number of pages before and after a page with which its headers and footers are compared. */
export const PAGES_AROUND = 6;

interface Waiting {
  content: PageContent;
  margins: PageMargins;
}

/**
 * Makes sections of pages. A page waits until the surrounding pages are read. A row that repeats on them is a running
 * header or footer, which stays in the text once.
 */
export class PageCollector {
  readonly #collector = new SectionCollector();
  readonly #headings = new PdfHeadings();
  readonly #hyphenation = new Hyphenation();
  readonly #running = new RunningRows();
  readonly #outline: ReadonlyMap<number, OutlineEntry[]> | undefined;
  #isFirst = true;
  #waiting: Waiting[] = [];
  #margins: PageMargins[] = [];

  constructor(outline: ReadonlyMap<number, OutlineEntry[]> | undefined) {
    this.#outline = outline;
  }

  /**
   * Adds the next page.
   * @returns the pages (1-based) that are now complete.
   */
  add(content: PageContent): number[] {
    for (const text of content.hyphenated) this.#hyphenation.learn(text);
    const margins = marginsOf(content.page, content.frames[0]?.rows ?? []);
    this.#margins.push(margins);
    this.#waiting.push({ content, margins });
    return this.#complete(content.page - PAGES_AROUND);
  }

  /** Completes all pages. */
  finish(): number[] {
    return this.#complete(Infinity);
  }

  /** The sections of complete pages. Each is returned once. */
  take(isLast: boolean): Section[] {
    return isLast ? this.#collector.finish() : this.#collector.take();
  }

  #complete(upTo: number): number[] {
    const ready = this.#waiting.filter(({ content }) => content.page <= upTo);
    this.#waiting = this.#waiting.slice(ready.length);
    for (const waiting of ready) {
      this.#margins = this.#margins.filter(({ page }) => page >= waiting.content.page - PAGES_AROUND);
      this.#collect(waiting);
    }
    return ready.map(({ content }) => content.page);
  }

  #collect({ content, margins }: Waiting): void {
    const around = this.#margins.filter(({ page }) => page <= content.page + PAGES_AROUND);
    const front = this.#isFirst ? this.#running.keepInFront(margins, around) : [];
    this.#isFirst = false;
    const repeated = this.#running.repeated(margins, around);
    const blocks = content.frames.flatMap(({ rows, isFromRight }) =>
      blocksOf(
        rows.filter((row) => !repeated.has(row)),
        isFromRight,
      ),
    );
    const lines = blocks.map(linesOf);
    const breaks = breaksOf(lines.flat(), this.#outline?.get(content.page) ?? [], content.frames[0]);
    const paragraphs = paragraphsOf(lines, this.#hyphenation, breaks);
    this.#collector.startPage(content.page);
    for (const text of front) this.#collector.addParagraph(text);
    for (const step of this.#steps(content, paragraphs)) {
      if ('heading' in step) this.#collector.startHeading(step.heading, step.level);
      else this.#collector.addParagraph(step.paragraph);
    }
    for (const text of content.texts) this.#collector.addParagraph(text);
  }

  #steps({ page, frames }: PageContent, paragraphs: PdfLine[]): PageStep[] {
    if (this.#outline !== undefined) return stepsByOutline(paragraphs, this.#outline.get(page) ?? [], frames[0]);
    this.#headings.learn(paragraphs);
    return paragraphs.map((paragraph) =>
      this.#headings.isHeading(paragraph) ? { heading: paragraph.text, level: 1 } : { paragraph: paragraph.text },
    );
  }
}
