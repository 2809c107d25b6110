import type { Block, PageBorder } from './block.ts';

/** Addresses that lead out of a document. */
const EXTERNAL = /^(?:https?|ftp|mailto|tel):/i;

/** A paragraph that is being read. Its notes and comments follow it, in the order in which they occur. */
export class OpenParagraph {
  level: number | undefined;
  /** Whether its style hides all of it. */
  isHidden = false;
  readonly #before: Block[] = [];
  readonly #behind: string[] = [];
  readonly #links: { address: string; start: number }[] = [];
  #text = '';

  add(text: string): void {
    if (!this.isHidden) this.#text += text;
  }

  /** Text that belongs to this paragraph but is written after it: a note, a comment, a text box. */
  addBehind(text: string): void {
    if (!this.isHidden && text !== '') this.#behind.push(text);
  }

  /** Begins the next page. */
  breakPage(by: PageBorder): void {
    const isHeading = this.level !== undefined;
    if (!isHeading && this.#text.trim() !== '') {
      this.#before.push({ kind: 'paragraph', text: this.#text });
      this.#text = '';
    }
    this.#before.push({ kind: 'page', by });
  }

  startLink(address: string): void {
    this.#links.push({ address, start: this.#text.length });
  }

  endLink(): void {
    const link = this.#links.pop();
    if (link !== undefined) this.addAddress(link.address, this.#text.slice(link.start));
  }

  /** Adds the address of a link unless the link's text, or the text so far, contains it. */
  addAddress(address: string, text = this.#text): void {
    this.addBehind(addressBehind(text, address));
  }

  /** The paragraph's blocks, in reading order. */
  blocks(): Block[] {
    const { level } = this;
    const text = this.#text.trim();
    const own: Block = level === undefined ? { kind: 'paragraph', text } : { kind: 'heading', text, level };
    return [...this.#before, own, ...this.#behind.map((behind): Block => ({ kind: 'paragraph', text: behind }))];
  }
}

/**
 * The address to write after a link's paragraph. Empty if the text contains the address, or if the address is not
 * external.
 */
function addressBehind(text: string, address: string): string {
  if (!EXTERNAL.test(address)) return '';
  const readable = address.replace(/^(?:mailto|tel):/i, '');
  const shown = readable.replace(/^https?:\/\/|\/$/gi, '');
  return shown === '' || text.includes(shown) ? '' : readable;
}
