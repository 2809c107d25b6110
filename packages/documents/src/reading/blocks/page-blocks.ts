import type { SectionCollector } from '../section-collector.ts';
import type { Block, BlockSink, PageBorder } from './block.ts';

/** Puts blocks into sections, and counts pages by the borders between them. */
export class PageBlocks implements BlockSink {
  readonly #collector: SectionCollector;
  #page = 1;
  /**
   * Whether the current page has no text yet. A style or the program can name the border of an empty page a second
   * time.
   */
  #isEmpty = true;
  #isInTable = false;

  constructor(collector: SectionCollector) {
    this.#collector = collector;
  }

  /** The page (1-based) that the next block is on. */
  get page(): number {
    return this.#page;
  }

  add(block: Block): void {
    if (block.kind === 'page') this.#turnPage(block.by);
    else if (block.text.trim() !== '') this.#addText(block);
  }

  #addText(block: Exclude<Block, { kind: 'page' }>): void {
    this.#isEmpty = false;
    if (this.#isInTable && block.kind !== 'row') this.#collector.add('\n');
    this.#isInTable = block.kind === 'row';
    if (block.kind === 'heading') this.#collector.startHeading(block.text, block.level);
    else if (block.kind === 'row') this.#collector.add(`${block.text}\n`);
    else this.#collector.addParagraph(block.text);
  }

  #turnPage(by: PageBorder): void {
    if (this.#isEmpty && by !== 'break' && by !== 'slide') return;
    // The title of a slide is no heading of the next slide.
    if (by === 'slide') this.#collector.endHeadings();
    this.#isEmpty = true;
    this.#page += 1;
    this.#collector.startPage(this.#page);
  }
}
