import type { Block, BlockSink } from '../../blocks/block.ts';
import { OpenParagraph } from '../../blocks/open-paragraph.ts';
import { TableBlocks } from '../../blocks/table-blocks.ts';
import type { XmlAttributes, XmlHandler } from '../../xml/xml-reader.ts';

/** Placeholders that repeat on each slide, or that show the slide on its page of notes. */
const REPEATED: ReadonlySet<string> = new Set(['sldNum', 'dt', 'ftr', 'hdr', 'sldImg']);
const TITLES: ReadonlySet<string> = new Set(['title', 'ctrTitle']);
const SKIPPED: ReadonlySet<string> = new Set(['Fallback', 'extLst', 'tblPr', 'tblGrid', 'lstStyle', 'endParaRPr']);

/** Texts that a slide refers to, by relationship. */
export interface SlideReferences {
  addresses: ReadonlyMap<string, string>;
  drawings: ReadonlyMap<string, string>;
}

type Step = (attributes: XmlAttributes) => 'skip' | undefined;

/** Reads a slide or its notes: its title, then its other text in the order of the file. */
export class SlideStory implements XmlHandler {
  readonly titles: string[] = [];
  readonly blocks: Block[] = [];
  readonly #references: SlideReferences;
  readonly #tables: TableBlocks;
  readonly #open: Readonly<Record<string, Step>>;
  readonly #close: Readonly<Record<string, () => void>>;
  #placeholder: string | undefined;
  #paragraph: OpenParagraph | undefined;
  #isText = false;
  #hasLink = false;

  constructor(references: SlideReferences) {
    this.#references = references;
    const sink: BlockSink = { add: (block) => this.blocks.push(block) };
    this.#tables = new TableBlocks(sink);
    this.#open = this.#openSteps();
    this.#close = this.#closeSteps();
  }

  open(name: string, attributes: XmlAttributes): 'skip' | undefined {
    if (SKIPPED.has(name)) return 'skip';
    return Object.hasOwn(this.#open, name) ? this.#open[name]?.(attributes) : undefined;
  }

  text(text: string): void {
    if (this.#isText) this.#paragraph?.add(text);
  }

  close(name: string): void {
    if (Object.hasOwn(this.#close, name)) this.#close[name]?.();
  }

  #openSteps(): Record<string, Step> {
    const { drawings } = this.#references;
    return {
      sp: step(() => (this.#placeholder = undefined)),
      cNvPr: ({ descr = '', hidden }) => {
        if (descr.trim() !== '' && hidden !== '1') this.#tables.add({ kind: 'paragraph', text: descr.trim() });
        return undefined;
      },
      ph: step(({ type = 'body' }) => (this.#placeholder = type)),
      txBody: () => (REPEATED.has(this.#placeholder ?? '') ? 'skip' : undefined),
      p: step(() => (this.#paragraph = new OpenParagraph())),
      t: step(() => (this.#isText = true)),
      br: step(() => this.#paragraph?.add('\n')),
      tab: step(() => this.#paragraph?.add('\t')),
      hlinkClick: step((attributes) => this.#startLink(attributes)),
      tbl: step(() => this.#tables.startTable()),
      chart: step((attributes) => this.#addDrawing(drawings.get(attributes['r:id'] ?? ''))),
      relIds: step((attributes) => this.#addDrawing(drawings.get(attributes['r:dm'] ?? ''))),
    };
  }

  #closeSteps(): Record<string, () => void> {
    return {
      p: () => this.#endParagraph(),
      t: () => (this.#isText = false),
      r: () => {
        if (this.#hasLink) this.#paragraph?.endLink();
        this.#hasLink = false;
      },
      sp: () => (this.#placeholder = undefined),
      tc: () => this.#tables.endCell(),
      tr: () => this.#tables.endRow(),
      tbl: () => this.#tables.endTable(),
    };
  }

  /** The link of a run stands in its properties, before its text. The link of a shape has no text. */
  #startLink(attributes: XmlAttributes): void {
    const address = this.#references.addresses.get(attributes['r:id'] ?? '');
    if (this.#paragraph === undefined || this.#hasLink || address === undefined) return;
    this.#paragraph.startLink(address);
    this.#hasLink = true;
  }

  #addDrawing(text: string | undefined): void {
    if (text !== undefined) this.#tables.add({ kind: 'paragraph', text });
  }

  #endParagraph(): void {
    const blocks = this.#paragraph?.blocks() ?? [];
    this.#paragraph = undefined;
    for (const block of blocks) {
      if (block.kind !== 'page' && TITLES.has(this.#placeholder ?? '')) this.titles.push(block.text);
      else this.#tables.add(block);
    }
  }
}

function step(act: (attributes: XmlAttributes) => unknown): Step {
  return (attributes) => {
    act(attributes);
    return undefined;
  };
}
