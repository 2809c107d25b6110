import type { SectionCollector } from '../section-collector.ts';
import { describeAttributes, isHidden } from './html/attributes.ts';
import { BESIDE_WORDS, BLOCKS, ENDS_FOREIGN, ENDS_HEADING, HEADINGS, LINES, PREFORMATTED } from './html/elements.ts';
import { FlowingText } from './html/flowing-text.ts';
import { LinkNotes } from './html/link-notes.ts';
import { MathText } from './html/math-text.ts';
import { OpenElements } from './html/open-elements.ts';
import { TableRows } from './html/table-rows.ts';
import { HtmlTokenizer } from './html/tokenizer.ts';

/** Longest heading (characters). A longer one is text whose end tag is missing. */
const LONGEST_HEADING = 4_000;
/** Longest link text (characters) that is compared with its URL. */
const LONGEST_LINK_TEXT = 2_000;

type Attributes = ReadonlyMap<string, string>;

/**
 * Turns HTML, given in pieces, into headings and paragraphs of a collector. It handles missing end tags, void elements
 * and hidden elements as a browser does. It builds no tree, so that time is linear and memory bounded.
 * Modes: in text ⇄ in a heading (start tag, end tag). Both → silent inside an element that is not shown, and back at
 * its end.
 */
export class HtmlText {
  readonly #collector: SectionCollector;
  readonly #notes: LinkNotes;
  readonly #flow = new FlowingText((text) => this.#put(text));
  readonly #math = new MathText(this.#flow);
  readonly #rows = new TableRows(this.#flow);
  readonly #open = new OpenElements((name) => this.#onClose(name));
  readonly #tokenizer = new HtmlTokenizer({
    onStart: (name, attributes) => this.#onStart(name, attributes),
    onEnd: (name) => this.#open.end(name),
    onText: (text) => this.#onText(text),
    isForeign: () => this.#isForeign(),
  });
  /** The depth of the outermost hidden element; undefined outside of hidden elements. */
  #silentDepth: number | undefined;
  #heading: { level: number; text: string } | undefined;
  #link: { url: string; text: string } | undefined;
  #reading = '';
  #preformatted = 0;

  /** @param notes the collected URLs of links; absent: only the URLs of this text. */
  constructor(collector: SectionCollector, notes = new LinkNotes()) {
    this.#collector = collector;
    this.#notes = notes;
  }

  write(html: string): void {
    this.#tokenizer.write(html);
  }

  /** Ends the text and all open elements. */
  end(): void {
    this.#tokenizer.end();
    this.#open.closeAll();
    this.#endHeading();
    this.#writeNotes();
  }

  #isForeign(): boolean {
    return (this.#open.isOpen('svg') || this.#open.isOpen('math')) && !this.#open.isOpen('foreignobject');
  }

  #onStart(name: string, attributes: Attributes): void {
    if (ENDS_FOREIGN.has(name) && this.#isForeign()) {
      this.#open.endOutermost('svg');
      this.#open.endOutermost('math');
    }
    this.#open.beforeStart(name);
    if (this.#silentDepth === undefined && !isHidden(name, attributes)) {
      this.#begin(name, attributes);
      if (this.#open.start(name)) this.#afterStart(name);
      return;
    }
    const depth = this.#open.depth;
    if (this.#open.start(name)) this.#silentDepth ??= depth;
  }

  /** Writes the text that comes before an element's content. */
  #begin(name: string, attributes: Attributes): void {
    this.#beginHeading(name);
    this.#separate(name, { isEnd: false });
    this.#beginInline(name, attributes);
    const shown = describeAttributes(name, attributes);
    if (shown === '') return;
    this.#flow.separate(' ');
    this.#flow.add(shown);
    this.#flow.separate(' ');
  }

  #beginHeading(name: string): void {
    if (HEADINGS.has(name) || (name === 'title' && !this.#isForeign())) this.#startHeading(name);
    else if (ENDS_HEADING.has(name) && (this.#heading?.text ?? '') !== '') this.#endHeading();
  }

  #beginInline(name: string, attributes: Attributes): void {
    if (name === 'a') this.#link = { url: attributes.get('href') ?? '', text: '' };
    else if (name === 'ruby') this.#reading = '';
    else if (name === 'math' && attributes.get('display') === 'block') this.#flow.separate('\n\n');
    if (this.#open.isOpen('math')) this.#math.onStart(name);
  }

  #afterStart(name: string): void {
    if (PREFORMATTED.has(name)) this.#preformatted += 1;
  }

  #onClose(name: string): void {
    if (this.#silentDepth !== undefined) {
      if (this.#open.depth <= this.#silentDepth) this.#silentDepth = undefined;
      return;
    }
    this.#endInline(name);
    if (HEADINGS.has(name) || name === 'title') this.#endHeading();
    if (BLOCKS.has(name) && !this.#rows.isInCell(this.#open)) this.#writeNotes();
    this.#separate(name, { isEnd: true });
  }

  #endInline(name: string): void {
    if (PREFORMATTED.has(name)) this.#preformatted -= 1;
    if (name === 'a') this.#endLink();
    else if (name === 'ruby') this.#notes.add(this.#reading);
    if (this.#open.isOpen('math')) this.#math.onEnd(name);
  }

  #onText(text: string): void {
    if (this.#silentDepth !== undefined) return;
    if (this.#open.isOpen('math')) this.#math.onText(text);
    else if (this.#open.isOpen('ruby')) this.#onRubyText(text);
    else if (this.#preformatted > 0) this.#flow.addAsIs(text);
    else this.#flow.add(text);
  }

  /** The base text stays whole. Readings are noted after the paragraph. */
  #onRubyText(text: string): void {
    if (this.#open.isOpen('rt') || this.#open.isOpen('rtc')) this.#reading += text.trim();
    else if (!this.#open.isOpen('rp')) this.#flow.add(text.trim());
  }

  #separate(name: string, { isEnd }: { isEnd: boolean }): void {
    if (name === 'br') this.#breakLine();
    else if (BESIDE_WORDS.has(name)) this.#flow.separate(' ');
    else if (BLOCKS.has(name)) this.#separateBlock(name, isEnd);
  }

  #separateBlock(name: string, isEnd: boolean): void {
    if (this.#heading !== undefined) this.#flow.separate(' ');
    else if (!this.#rows.separate(name, { open: this.#open, isEnd })) {
      this.#flow.separate(LINES.has(name) ? '\n' : '\n\n');
    }
  }

  #breakLine(): void {
    if (this.#heading !== undefined) this.#flow.separate(' ');
    else if (this.#preformatted > 0) this.#flow.addAsIs('\n');
    else this.#flow.breakLine();
  }

  #put(text: string): void {
    this.#rows.onText();
    if (this.#link !== undefined && this.#link.text.length < LONGEST_LINK_TEXT) this.#link.text += text;
    if (this.#heading === undefined) {
      this.#collector.add(text);
      return;
    }
    this.#heading.text += text;
    if (this.#heading.text.length > LONGEST_HEADING) this.#endHeading();
  }

  #startHeading(name: string): void {
    this.#endHeading();
    this.#writeNotes();
    this.#flow.restart();
    this.#heading = { level: name === 'title' ? 1 : Number(name.slice(1)), text: '' };
  }

  #endHeading(): void {
    if (this.#heading === undefined) return;
    const { text, level } = this.#heading;
    this.#heading = undefined;
    this.#collector.startHeading(text, level);
    this.#flow.restart();
  }

  #endLink(): void {
    if (this.#link !== undefined) this.#notes.addUrl(this.#link.url, this.#link.text);
    this.#link = undefined;
  }

  #writeNotes(): void {
    if (this.#heading !== undefined) return;
    const notes = this.#notes.take();
    if (notes === '') return;
    this.#flow.separateBy('\n');
    this.#flow.addAsIs(notes);
  }
}
