import type { SectionCollector } from '../../section-collector.ts';
import { LinkNotes } from '../html/link-notes.ts';
import { HtmlText } from '../html-text.ts';
import type { BlockHandler } from './open-leaf.ts';
import { inlineText } from './inline-text.ts';

/** Approximate size (characters) of the pieces in which the HTML reader gets HTML. Single lines cost too much. */
const HTML_PIECE = 65_536;
/** A tag that shows nothing itself. */
const BARE_TAG = /^\s*<\/?[a-z][a-z0-9-]*(?:\s+(?:align|class|id|style)="[^"<>]*")*\s*>\s*$/i;

/** Writes the blocks of a Markdown document, as text, into a collector. */
export class MarkdownWriter implements BlockHandler {
  readonly #collector: SectionCollector;
  readonly #notes = new LinkNotes();
  readonly #definitions: ReadonlySet<string>;
  #html: HtmlText | undefined;
  /** HTML that the HTML reader has not received yet. */
  #openHtml = '';
  /** Separator between the last text and the next one. */
  #separator = '';

  /** @param definitions the labels of all links that the document defines, in the form of `sameLabel`. */
  constructor(collector: SectionCollector, definitions: ReadonlySet<string>) {
    this.#collector = collector;
    this.#definitions = definitions;
  }

  onHeading(text: string, level: number): void {
    this.#collector.startHeading(this.#inline(text), level);
    this.#separator = '';
    this.#writeNotes();
  }

  onParagraph(text: string, isContinued: boolean): void {
    if (isContinued) this.#separator = ' ';
    this.#write(this.#inline(text));
    this.#writeNotes();
  }

  onRow(cells: string[]): void {
    this.#write(cells.map((cell) => this.#inline(cell)).join(' | '));
    this.#writeNotes();
  }

  onCode(line: string): void {
    this.#write(line);
  }

  onHtml(line: string): void {
    this.#openHtml += line;
    if (this.#openHtml.length >= HTML_PIECE) this.#writeHtml();
  }

  onHtmlEnd(): void {
    if (this.#html !== undefined || !BARE_TAG.test(this.#openHtml)) {
      this.#writeHtml();
      this.#html?.end();
    }
    this.#openHtml = '';
    this.#html = undefined;
    this.#separator = '\n\n';
  }

  onGap(): void {
    this.#separator = '\n\n';
  }

  #writeHtml(): void {
    if (this.#html === undefined) this.#collector.add(this.#separator);
    this.#html ??= new HtmlText(this.#collector, this.#notes);
    this.#html.write(this.#openHtml);
    this.#openHtml = '';
  }

  #inline(text: string): string {
    return inlineText(text, { definitions: this.#definitions, notes: this.#notes });
  }

  #write(text: string): void {
    this.#collector.add(this.#separator + text);
    this.#separator = '\n';
  }

  #writeNotes(): void {
    const notes = this.#notes.take();
    if (notes !== '') this.#write(notes);
  }
}
