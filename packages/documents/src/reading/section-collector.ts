import { cleanHeading, cleanText } from './clean-text.ts';
import { findCut } from '../chunking/find-cut.ts';
import type { Section } from './section.ts';

/** Sections are handed on in pieces of about this many characters: bounds what is held at once. */
const LONGEST_SECTION = 32_768;

/**
 * Gathers headings and text into sections. A heading holds until the next one, over pages too; a heading without any
 * text of its own becomes a section, so that no text is lost.
 */
export class SectionCollector {
  #page = 1;
  #heading = '';
  #headingUsed = true;
  #text = '';
  #ready: Section[] = [];

  /** What follows stands on this page (1-based). */
  startPage(page: number): void {
    this.#close();
    this.#page = page;
  }

  /** What follows stands under this heading. */
  startHeading(heading: string): void {
    this.#close();
    const cleaned = cleanHeading(heading);
    if (cleaned === '') return;
    this.#heading = cleaned;
    this.#headingUsed = false;
  }

  /** Adds text as it stands; paragraphs in it are told apart by empty lines. */
  add(text: string): void {
    this.#text += text;
    while (this.#text.length > LONGEST_SECTION) {
      const cut = findCut(this.#text, LONGEST_SECTION);
      const rest = this.#text.slice(cut);
      this.#text = this.#text.slice(0, cut);
      this.#emit();
      this.#text = rest;
    }
  }

  /** Adds a paragraph. */
  addParagraph(text: string): void {
    this.add(`${text}\n\n`);
  }

  /** The sections that are complete; they are not given again. */
  take(): Section[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  /** All that is left. */
  finish(): Section[] {
    this.#close();
    return this.take();
  }

  #close(): void {
    this.#emit();
    if (!this.#headingUsed) this.#push(this.#heading);
  }

  #emit(): void {
    const text = cleanText(this.#text);
    this.#text = '';
    if (text !== '') this.#push(text);
  }

  #push(text: string): void {
    this.#ready.push({ page: this.#page, ...(this.#heading === '' ? {} : { heading: this.#heading }), text });
    this.#headingUsed = true;
  }
}
