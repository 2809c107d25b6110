import { Parser } from 'htmlparser2';
import type { SectionCollector } from '../section-collector.ts';

/** What is no text of the page. */
const SILENT = new Set(['script', 'style', 'noscript', 'template', 'svg', 'iframe', 'object', 'select', 'textarea']);
const HEADINGS = new Set(['title', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6']);
/** Elements whose text runs on in the line; all others begin and end a paragraph. */
const INLINE = new Set(
  (
    'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby s samp small ' +
    'span strike strong sub sup time tt u var wbr img'
  ).split(' '),
);
/** Elements that end a line, but no paragraph. */
const LINE = new Set(['br', 'tr', 'li', 'dt', 'dd', 'option']);

/** Turns HTML, given in pieces, into headings and paragraphs of a collector. */
export class HtmlText {
  readonly #collector: SectionCollector;
  readonly #parser: Parser;
  readonly #silent: string[] = [];
  #heading: string | undefined;
  #preformatted = 0;

  constructor(collector: SectionCollector) {
    this.#collector = collector;
    this.#parser = new Parser({
      onopentag: (name) => this.#open(name),
      ontext: (text) => this.#text(text),
      onclosetag: (name) => this.#close(name),
    });
  }

  write(html: string): void {
    this.#parser.write(html);
  }

  end(): void {
    this.#parser.end();
    this.#endHeading();
  }

  #open(name: string): void {
    if (SILENT.has(name)) this.#silent.push(name);
    if (this.#silent.length > 0) return;
    if (name === 'pre') this.#preformatted += 1;
    if (HEADINGS.has(name)) {
      this.#endHeading();
      this.#heading = '';
    } else {
      this.#separate(name);
    }
  }

  #close(name: string): void {
    if (this.#silent.at(-1) === name) {
      this.#silent.pop();
      return;
    }
    if (this.#silent.length > 0) return;
    if (name === 'pre') this.#preformatted -= 1;
    if (HEADINGS.has(name)) this.#endHeading();
    else if (!LINE.has(name)) this.#separate(name);
  }

  #text(text: string): void {
    if (this.#silent.length > 0) return;
    const shown = this.#preformatted > 0 ? text : text.replace(/\s+/g, ' ');
    if (this.#heading === undefined) this.#collector.add(shown);
    else this.#heading += shown;
  }

  #separate(name: string): void {
    if (INLINE.has(name)) return;
    if (this.#heading !== undefined) this.#heading += ' ';
    else if (name === 'td' || name === 'th') this.#collector.add(' ');
    else this.#collector.add(LINE.has(name) ? '\n' : '\n\n');
  }

  #endHeading(): void {
    if (this.#heading !== undefined) this.#collector.startHeading(this.#heading);
    this.#heading = undefined;
  }
}
