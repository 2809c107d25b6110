import type { BlockSink, PageBorder } from '../../blocks/block.ts';
import { OpenParagraph } from '../../blocks/open-paragraph.ts';
import { TableBlocks } from '../../blocks/table-blocks.ts';
import type { XmlAttributes, XmlHandler } from '../../xml/xml-reader.ts';
import type { OpenStyles } from './open-styles.ts';

/** Elements that hold no text of the document: deletions, page numbers, templates of indexes, controls. */
const SKIPPED: ReadonlySet<string> = new Set(
  (
    'tracked-changes page-number page-count note-citation ruby-text binary-data hidden-text forms event-listeners ' +
    'table-of-content-source illustration-index-source table-index-source object-index-source user-index-source ' +
    'alphabetical-index-source bibliography-source index-title-template sequence-decls variable-decls ' +
    'user-field-decls dde-connection-decls named-expressions database-ranges calculation-settings scripts ' +
    'header-footer settings page-thumbnail'
  ).split(' '),
);

/** Elements whose own title or description is the alternative text of a picture or drawing. */
const PARAGRAPH_PARTS: ReadonlySet<string> = new Set(['p', 'h', 'span', 'a', 'ruby-base', 'meta', 'meta-field']);

/** A text apart from the paragraph that contains it: a note or a comment. */
interface Aside {
  author: string;
  texts: string[];
}

type Step = (attributes: XmlAttributes) => 'skip' | undefined;

/** Reads the text of an OpenDocument text or presentation into blocks. */
export class OpenStory implements XmlHandler {
  readonly #styles: OpenStyles;
  readonly #tables: TableBlocks;
  readonly #names: string[] = [];
  /** Open paragraphs: a note or a text box stands within the paragraph that contains it. */
  readonly #paragraphs: { paragraph: OpenParagraph; breaksAfter: boolean }[] = [];
  readonly #asides: Aside[] = [];
  readonly #hiddenSpans: boolean[] = [];
  readonly #open: Readonly<Record<string, Step>>;
  readonly #close: Readonly<Record<string, () => void>>;
  #alternative: string | undefined;
  #isTitle = false;
  #slides = 0;

  constructor(sink: BlockSink, styles: OpenStyles) {
    this.#styles = styles;
    this.#tables = new TableBlocks(sink);
    this.#open = this.#openSteps();
    this.#close = this.#closeSteps();
  }

  open(name: string, attributes: XmlAttributes): 'skip' | undefined {
    if (SKIPPED.has(name)) return 'skip';
    this.#styles.learn(name, attributes);
    const parent = this.#names.at(-1) ?? '';
    if ((name === 'title' || name === 'desc') && !PARAGRAPH_PARTS.has(parent)) this.#alternative = '';
    const answer = Object.hasOwn(this.#open, name) ? this.#open[name]?.(attributes) : undefined;
    if (answer === undefined) this.#names.push(name);
    return answer;
  }

  text(text: string): void {
    if (this.#alternative !== undefined) this.#alternative += text;
    else if (this.#names.at(-1) === 'creator' && this.#asides.length > 0) this.#nameAuthor(text);
    else if (PARAGRAPH_PARTS.has(this.#names.at(-1) ?? '') || this.#isField()) this.#add(text.replace(/\s+/g, ' '));
  }

  close(name: string): void {
    this.#names.pop();
    if (Object.hasOwn(this.#close, name)) this.#close[name]?.();
  }

  get #paragraph(): OpenParagraph | undefined {
    return this.#paragraphs.at(-1)?.paragraph;
  }

  /** Whether the open element is a field in a paragraph: its parent is inline, and so is its text. */
  #isField(): boolean {
    return PARAGRAPH_PARTS.has(this.#names.at(-2) ?? '') && !['frame', 'annotation'].includes(this.#names.at(-1) ?? '');
  }

  #nameAuthor(text: string): void {
    const aside = this.#asides.at(-1);
    if (aside !== undefined) aside.author += text;
  }

  #add(text: string): void {
    if (!this.#hiddenSpans.includes(true)) this.#paragraph?.add(text);
  }

  #openSteps(): Record<string, Step> {
    return {
      p: step((attributes) => this.#startParagraph(attributes, undefined)),
      h: step((attributes) => this.#startParagraph(attributes, Number(attributes['outline-level'] ?? 1) || 1)),
      span: step((attributes) => this.#hiddenSpans.push(this.#styles.isHidden(attributes['style-name']))),
      a: step(({ href = '' }) => this.#paragraph?.startLink(href)),
      s: step(() => this.#add(' ')),
      tab: step(() => this.#add('\t')),
      'line-break': step(() => this.#add('\n')),
      'soft-page-break': step(() => this.#paragraph?.breakPage('program') ?? this.#addPage('program')),
      section: ({ display }) => (display === 'none' ? 'skip' : undefined),
      note: step(() => this.#asides.push({ author: '', texts: [] })),
      annotation: step(() => this.#asides.push({ author: '', texts: [] })),
      frame: step((attributes) => (this.#isTitle = attributes['class'] === 'title')),
      page: step(() => this.#startSlide()),
      table: step(() => this.#tables.startTable()),
    };
  }

  #closeSteps(): Record<string, () => void> {
    const endAlternative = () => this.#endAlternative();
    return {
      p: () => this.#endParagraph(),
      h: () => this.#endParagraph(),
      span: () => this.#hiddenSpans.pop(),
      a: () => this.#paragraph?.endLink(),
      note: () => this.#endAside(''),
      annotation: () => this.#endAside('Comment'),
      frame: () => (this.#isTitle = false),
      title: endAlternative,
      desc: endAlternative,
      'table-cell': () => this.#tables.endCell(),
      'covered-table-cell': () => this.#tables.endCell(),
      'table-row': () => this.#tables.endRow(),
      table: () => this.#tables.endTable(),
    };
  }

  #startParagraph(attributes: XmlAttributes, level: number | undefined): void {
    const style = attributes['style-name'];
    const paragraph = new OpenParagraph();
    paragraph.level = this.#isTitle ? 1 : level;
    if (style === 'Title') paragraph.level = 0;
    paragraph.isHidden = this.#styles.isHidden(style);
    if (this.#styles.breaksBefore(style)) paragraph.breakPage('style');
    this.#paragraphs.push({ paragraph, breaksAfter: this.#styles.breaksAfter(style) });
  }

  #endParagraph(): void {
    const ended = this.#paragraphs.pop();
    const aside = this.#asides.at(-1);
    for (const block of ended?.paragraph.blocks() ?? []) {
      if (block.kind === 'page') this.#addPage(block.by);
      else if (aside !== undefined) aside.texts.push(block.text);
      else if (this.#paragraph === undefined) this.#tables.add(block);
      else this.#paragraph.addBehind(block.text);
    }
    if (ended?.breaksAfter === true) this.#addPage('style');
  }

  #endAside(label: string): void {
    const { author = '', texts = [] } = this.#asides.pop() ?? {};
    const text = texts.filter((each) => each !== '').join(' ');
    if (text === '') return;
    const by = author === '' ? '' : ` (${author})`;
    this.#addBehind(label === '' ? text : `${label}${by}: ${text}`);
  }

  #endAlternative(): void {
    const text = this.#alternative?.trim() ?? '';
    this.#alternative = undefined;
    if (text !== '') this.#addBehind(text);
  }

  #addBehind(text: string): void {
    if (this.#paragraph === undefined) this.#tables.add({ kind: 'paragraph', text });
    else this.#paragraph.addBehind(text);
  }

  #addPage(by: PageBorder): void {
    if (this.#paragraph === undefined) this.#tables.add({ kind: 'page', by });
  }

  /** Each slide of a presentation is a page. */
  #startSlide(): void {
    this.#slides += 1;
    if (this.#slides > 1) this.#addPage('slide');
  }
}

function step(act: (attributes: XmlAttributes) => unknown): Step {
  return (attributes) => {
    act(attributes);
    return undefined;
  };
}
