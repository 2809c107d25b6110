import { lineOf, type Block, type BlockSink } from '../../blocks/block.ts';
import { OpenParagraph } from '../../blocks/open-paragraph.ts';
import { TableBlocks } from '../../blocks/table-blocks.ts';

/** A text apart from the body while it is read: a note, a comment, a header, a text box. */
interface Aside {
  blocks: Block[];
  paragraph: OpenParagraph;
}

/** Properties of a paragraph, known when it ends. */
export interface ParagraphProperties {
  level: number | undefined;
  isInTable: boolean;
  breaksBefore: boolean;
}

/** Puts the text of an RTF file into blocks: paragraphs, rows, and texts that stand apart. */
export class RtfStory {
  readonly #sink: BlockSink;
  readonly #tables: TableBlocks;
  readonly #asides: Aside[] = [];
  readonly #margins = new Set<string>();
  #paragraph = new OpenParagraph();
  #isInTable = false;

  constructor(sink: BlockSink) {
    this.#sink = sink;
    this.#tables = new TableBlocks(sink);
  }

  get paragraph(): OpenParagraph {
    return this.#asides.at(-1)?.paragraph ?? this.#paragraph;
  }

  endParagraph({ level, isInTable, breaksBefore }: ParagraphProperties): void {
    const { paragraph } = this;
    paragraph.level = level;
    const aside = this.#asides.at(-1);
    const blocks: Block[] = breaksBefore ? [{ kind: 'page', by: 'style' }, ...paragraph.blocks()] : paragraph.blocks();
    if (aside === undefined) {
      this.#paragraph = new OpenParagraph();
      this.#followTable(isInTable);
      for (const block of blocks) this.#tables.add(block);
    } else {
      aside.paragraph = new OpenParagraph();
      aside.blocks.push(...blocks);
    }
  }

  endCell(properties: ParagraphProperties): void {
    this.endParagraph({ ...properties, isInTable: true });
    if (this.#asides.length === 0) this.#tables.endCell();
  }

  endRow(): void {
    if (this.#asides.length === 0) this.#tables.endRow();
  }

  startAside(): void {
    this.#asides.push({ blocks: [], paragraph: new OpenParagraph() });
  }

  /** Ends a text that stands apart. @returns it, on one line. */
  endAside(): string {
    const aside = this.#asides.pop();
    return aside === undefined ? '' : lineOf([...aside.blocks, ...aside.paragraph.blocks()]);
  }

  /** Adds a header or footer; the same text is added once. */
  addMargin(text: string): void {
    if (text === '' || this.#margins.has(text)) return;
    this.#margins.add(text);
    this.#sink.add({ kind: 'paragraph', text });
  }

  end(properties: ParagraphProperties): void {
    while (this.#asides.length > 0) this.#paragraph.addBehind(this.endAside());
    this.endParagraph({ ...properties, isInTable: this.#isInTable });
    this.#followTable(false);
  }

  #followTable(isInTable: boolean): void {
    if (isInTable === this.#isInTable) return;
    this.#isInTable = isInTable;
    if (isInTable) this.#tables.startTable();
    else this.#tables.endTable();
  }
}
