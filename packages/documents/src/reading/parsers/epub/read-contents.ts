import { archiveName, resolveName } from '../../archive/archive-name.ts';
import type { ZipArchive } from '../../archive/zip-archive.ts';
import { readXmlPart } from '../../xml/read-xml-part.ts';
import type { XmlAttributes, XmlHandler } from '../../xml/xml-reader.ts';

/** Facts about each file of a book from its table of contents and its list of pages. */
export interface BookContents {
  /** The headings above the start of a file, outermost first. */
  headings: ReadonlyMap<string, readonly string[]>;
  /** The first and the last printed page of a file. */
  pages: ReadonlyMap<string, readonly [first: string, last: string]>;
}

/** Reads a book's navigation document (EPUB 3) or its NCX file (EPUB 2). */
export async function readContents(archive: ZipArchive, name: string): Promise<BookContents> {
  const handler = new ContentsHandler(name);
  if (name !== '') await readXmlPart({ archive, name, handler });
  return handler;
}

/**
 * Follows nested lists. The text of an entry is the label of its link, and the heading of the entries below it. An NCX
 * file has the label before the link, a navigation document inside it.
 */
class ContentsHandler implements XmlHandler, BookContents {
  readonly headings = new Map<string, readonly string[]>();
  readonly pages = new Map<string, readonly [string, string]>();
  readonly #name: string;
  readonly #labels: string[] = [];
  #list: 'toc' | 'pages' | 'other' = 'other';
  #link: string | undefined;
  #isLabel = false;

  constructor(name: string) {
    this.#name = name;
  }

  open(name: string, attributes: XmlAttributes): 'skip' | undefined {
    this.#openList(name, attributes['type'] ?? '');
    if (name === 'li' || name === 'navPoint' || name === 'pageTarget') this.#labels.push('');
    else if (name === 'a' || name === 'span') this.#openLink(attributes['href']);
    else if (name === 'text') this.#isLabel = true;
    else if (name === 'content') this.#addEntry(attributes['src'] ?? '');
    return undefined;
  }

  text(text: string): void {
    const label = this.#labels.at(-1);
    if (this.#isLabel && label !== undefined) this.#labels[this.#labels.length - 1] = label + text;
  }

  close(name: string): void {
    if (name === 'a' || name === 'span') this.#closeLink();
    else if (name === 'text') this.#isLabel = false;
    else if (name === 'li' || name === 'navPoint' || name === 'pageTarget') this.#labels.pop();
    else if (name === 'nav' || name === 'navMap' || name === 'pageList') this.#list = 'other';
  }

  #openList(name: string, type: string): void {
    if (name === 'navMap' || (name === 'nav' && /\btoc\b/.test(type))) this.#list = 'toc';
    if (name === 'pageList' || (name === 'nav' && /\bpage-list\b/.test(type))) this.#list = 'pages';
  }

  #openLink(href: string | undefined): void {
    if (this.#labels.length === 0) return;
    this.#isLabel = true;
    if (href !== undefined) this.#link = href;
  }

  #closeLink(): void {
    this.#isLabel = false;
    if (this.#link !== undefined) this.#addEntry(this.#link);
    this.#link = undefined;
  }

  #addEntry(href: string): void {
    const file = archiveName(resolveName(this.#name, href));
    const path = this.#labels.map((label) => label.replace(/\s+/g, ' ').trim()).filter((label) => label !== '');
    const label = path.at(-1);
    if (label === undefined) return;
    if (this.#list === 'toc' && !this.headings.has(file)) this.headings.set(file, path);
    if (this.#list === 'pages') this.pages.set(file, [this.pages.get(file)?.[0] ?? label, label]);
  }
}
