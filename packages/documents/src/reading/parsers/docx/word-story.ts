import type { BlockSink } from '../../blocks/block.ts';
import { TableBlocks } from '../../blocks/table-blocks.ts';
import type { XmlAttributes, XmlHandler } from '../../xml/xml-reader.ts';
import { isPageField, WordFields } from './word-fields.ts';
import { OpenParagraph } from '../../blocks/open-paragraph.ts';
import { isOn, levelOfOutline, type WordStyles } from './word-styles.ts';

/** Texts outside of a story that it refers to, by id. */
export interface WordReferences {
  styles: WordStyles;
  footnotes: ReadonlyMap<string, string>;
  endnotes: ReadonlyMap<string, string>;
  comments: ReadonlyMap<string, string>;
  /** Addresses of links, by relationship. */
  addresses: ReadonlyMap<string, string>;
  /** Texts of charts and diagrams, by relationship. */
  drawings: ReadonlyMap<string, string>;
}

/** Elements that hold no text of the document: deletions, former properties, a second form of the same content. */
const SKIPPED: ReadonlySet<string> = new Set(
  (
    'del moveFrom delText delInstrText Fallback sdtPr sdtEndPr rt tabs tblPr tblGrid tblPrEx sectPr ' +
    'rPrChange pPrChange tblPrChange trPrChange tcPrChange sectPrChange numPr'
  ).split(' '),
);

type Step = (attributes: XmlAttributes) => 'skip' | undefined;

/**
 * Reads a story of a Word document (its body, a header, a note) into blocks.
 *
 * The mode follows the open elements: outside of text → text (`t`) or instruction of a field (`instrText`) → outside.
 * In text, characters count unless the run (`r`) is hidden or the field is silent. The end of a row (`tr`) drops the row
 * if it is deleted.
 */
export class WordStory implements XmlHandler {
  readonly #references: WordReferences;
  readonly #tables: TableBlocks;
  readonly #fields = new WordFields();
  /** Open paragraphs: a text box stands within the paragraph that holds its frame. */
  readonly #paragraphs: OpenParagraph[] = [];
  readonly #open: Readonly<Record<string, Step>>;
  readonly #close: Readonly<Record<string, () => void>>;
  #isRunHidden = false;
  #isInRun = false;
  #isText = false;
  #isInstruction = false;
  #isRowProperties = false;
  #isRowDeleted = false;

  constructor(sink: BlockSink, references: WordReferences) {
    this.#references = references;
    this.#tables = new TableBlocks(sink);
    this.#open = this.#openSteps();
    this.#close = this.#closeSteps();
  }

  open(name: string, attributes: XmlAttributes): 'skip' | undefined {
    if (name === 'del' && this.#isRowProperties) this.#isRowDeleted = true;
    if (SKIPPED.has(name)) return 'skip';
    return Object.hasOwn(this.#open, name) ? this.#open[name]?.(attributes) : undefined;
  }

  text(text: string): void {
    if (this.#isInstruction) this.#fields.instruct(text);
    else if (this.#isText) this.#add(text);
  }

  close(name: string): void {
    if (Object.hasOwn(this.#close, name)) this.#close[name]?.();
  }

  get #paragraph(): OpenParagraph | undefined {
    return this.#paragraphs.at(-1);
  }

  #add(text: string): void {
    if (!this.#isRunHidden && !this.#fields.isSilent) this.#paragraph?.add(text);
  }

  #addBehind(text: string | undefined): void {
    if (text !== undefined && !this.#isRunHidden) this.#paragraph?.addBehind(text);
  }

  #openSteps(): Record<string, Step> {
    const { footnotes, endnotes, comments, drawings } = this.#references;
    return {
      ...this.#paragraphSteps(),
      ...this.#runSteps(),
      tbl: step(() => this.#tables.startTable()),
      tr: step(() => (this.#isRowDeleted = false)),
      trPr: step(() => (this.#isRowProperties = true)),
      footnoteReference: step(({ id = '' }) => this.#addBehind(footnotes.get(id))),
      endnoteReference: step(({ id = '' }) => this.#addBehind(endnotes.get(id))),
      commentReference: step(({ id = '' }) => this.#addBehind(comments.get(id))),
      docPr: step(({ descr, title }) => this.#addBehind(descr ?? title)),
      shape: step(({ alt }) => this.#addBehind(alt)),
      textpath: step(({ string }) => this.#addBehind(string)),
      chart: step((attributes) => this.#addBehind(drawings.get(attributes['r:id'] ?? ''))),
      relIds: step((attributes) => this.#addBehind(drawings.get(attributes['r:dm'] ?? ''))),
    };
  }

  #paragraphSteps(): Record<string, Step> {
    const { styles } = this.#references;
    return {
      p: step(() => this.#paragraphs.push(new OpenParagraph())),
      pStyle: step(({ val = '' }) => this.#setStyle(styles.levelOf(val), styles.isHidden(val))),
      outlineLvl: step(({ val }) => this.#setStyle(this.#paragraph?.level ?? levelOfOutline(val), false)),
      pageBreakBefore: step(({ val }) => {
        if (isOn(val)) this.#paragraph?.breakPage('style');
      }),
      hyperlink: step((attributes) => this.#paragraph?.startLink(this.#addressOf(attributes))),
      fldSimple: ({ instr = '' }) => (isPageField(instr) ? 'skip' : undefined),
    };
  }

  #runSteps(): Record<string, Step> {
    const { styles } = this.#references;
    const hide = (isHidden: boolean) => {
      if (this.#isInRun) this.#isRunHidden = isHidden;
    };
    return {
      r: step(() => {
        this.#isInRun = true;
        this.#isRunHidden = false;
      }),
      rStyle: step(({ val = '' }) => hide(styles.isHidden(val))),
      vanish: step(({ val }) => hide(isOn(val))),
      t: step(() => (this.#isText = true)),
      instrText: step(() => (this.#isInstruction = true)),
      fldChar: step(({ fldCharType }) => this.#stepField(fldCharType)),
      tab: step(() => this.#add('\t')),
      ptab: step(() => this.#add('\t')),
      cr: step(() => this.#add('\n')),
      br: step(({ type }) => {
        if (type === 'page') this.#paragraph?.breakPage('break');
        else this.#add('\n');
      }),
      lastRenderedPageBreak: step(() => this.#paragraph?.breakPage('program')),
      noBreakHyphen: step(() => this.#add('-')),
      sym: step(({ char = '' }) => this.#add(symbol(char))),
    };
  }

  #closeSteps(): Record<string, () => void> {
    return {
      p: () => this.#endParagraph(),
      r: () => {
        this.#isInRun = false;
        this.#isRunHidden = false;
      },
      t: () => (this.#isText = false),
      instrText: () => (this.#isInstruction = false),
      hyperlink: () => this.#paragraph?.endLink(),
      trPr: () => (this.#isRowProperties = false),
      tc: () => this.#tables.endCell(),
      tr: () => {
        if (this.#isRowDeleted) this.#tables.dropRow();
        this.#isRowDeleted = false;
        this.#tables.endRow();
      },
      tbl: () => this.#tables.endTable(),
    };
  }

  #setStyle(level: number | undefined, isHidden: boolean): void {
    const paragraph = this.#paragraph;
    if (paragraph === undefined) return;
    paragraph.level = level;
    paragraph.isHidden ||= isHidden;
  }

  #addressOf(attributes: XmlAttributes): string {
    return this.#references.addresses.get(attributes['r:id'] ?? '') ?? '';
  }

  #stepField(type: string | undefined): void {
    if (type === 'begin') this.#fields.begin();
    else if (type === 'separate') this.#fields.separate();
    else if (type === 'end') this.#endField();
  }

  #endField(): void {
    const address = this.#fields.end();
    if (address !== undefined) this.#paragraph?.addAddress(address);
  }

  #endParagraph(): void {
    const blocks = this.#paragraphs.pop()?.blocks() ?? [];
    const outer = this.#paragraph;
    for (const block of blocks) {
      if (outer === undefined) this.#tables.add(block);
      else if (block.kind !== 'page') outer.addBehind(block.text);
    }
  }
}

function step(act: (attributes: XmlAttributes) => unknown): Step {
  return (attributes) => {
    act(attributes);
    return undefined;
  };
}

/** A character by its code. Characters of symbol fonts (private use) have no meaning as text. */
function symbol(code: string): string {
  const value = Number.parseInt(code, 16);
  const isReadable = Number.isInteger(value) && value > 0x20 && (value < 0xd800 || value > 0xf8ff) && value < 0x10000;
  return isReadable ? String.fromCodePoint(value) : '';
}
