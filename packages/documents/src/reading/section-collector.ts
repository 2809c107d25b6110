import { cleanText, cutHeading, onOneLine } from './clean-text.ts';
import { findCut } from '../chunking/find-cut.ts';
import type { Section } from './section.ts';

/** Approximate size (characters) of the pieces in which sections are passed on. It bounds the text in memory. */
const LONGEST_SECTION = 32_768;

/** Largest number of nested headings that a section names. */
const DEEPEST_PATH = 10;

/**
 * Gathers headings and text into sections. A heading applies until the next one, across pages too. A heading without
 * text becomes a section, so that no text is lost.
 */
export class SectionCollector {
  #page = 1;
  /** The headings above the text, outermost first. The last is the current heading. */
  #headings: { level: number; text: string }[] = [];
  #headingUsed = true;
  #text = '';
  #ready: Section[] = [];

  /** Begins a page (1-based) for later text. */
  startPage(page: number): void {
    this.#close();
    this.#page = page;
  }

  /**
   * Begins a heading for later text. A heading that is too long is also kept as text.
   * @param level 1 is outermost. A heading ends all headings of its own level and of deeper levels.
   */
  startHeading(heading: string, level = 1): void {
    this.#close();
    const whole = onOneLine(heading);
    if (whole === '') return;
    const above = this.#headings.filter((each) => each.level < level).slice(0, DEEPEST_PATH);
    const text = cutHeading(whole);
    this.#headings = [...above, { level, text }];
    this.#headingUsed = false;
    if (text !== whole) this.addParagraph(whole);
  }

  /** Ends all headings for later text. */
  endHeadings(): void {
    this.#close();
    this.#headings = [];
    this.#headingUsed = true;
  }

  /** Adds text as it is. Empty lines separate its paragraphs. */
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

  /** The complete sections. Each is returned once. */
  take(): Section[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  /** All remaining sections. */
  finish(): Section[] {
    this.#close();
    return this.take();
  }

  #close(): void {
    this.#emit();
    if (!this.#headingUsed) this.#push(this.#headings.at(-1)?.text ?? '');
  }

  #emit(): void {
    const text = cleanText(this.#text);
    this.#text = '';
    if (text !== '') this.#push(text);
  }

  #push(text: string): void {
    const [heading, ...above] = this.#headings.map((each) => each.text).reverse();
    this.#ready.push({
      page: this.#page,
      ...(heading === undefined ? {} : { heading }),
      ...(above.length === 0 ? {} : { headingPath: above.reverse() }),
      text,
    });
    this.#headingUsed = true;
  }
}
