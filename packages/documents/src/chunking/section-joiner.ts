import type { Section } from '../reading/section.ts';
import { findCut } from './find-cut.ts';
import { sentenceEnds } from './sentences.ts';
import { divide, sliceUnit, type PageMark, type Unit } from './unit.ts';

/** Length of text (UTF-16 units) that is gathered before it is divided. It bounds memory and work. */
const BLOCK = 8_192;
/** Largest number of pages (pictures, empty pages) between two joined texts. */
const MOST_PAGES_BETWEEN = 2;

/** Scripts without spaces. */
const UNSPACED = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}`;
const ENDS_UNSPACED = new RegExp(String.raw`[${UNSPACED}]\p{M}*$`, 'u');
const BEGINS_UNSPACED = new RegExp(String.raw`^[${UNSPACED}]`, 'u');
const ENDS_HYPHENATED = /\p{L}[-\u00ad\u2010]$/u;
const BEGINS_LOWER = /^\p{Ll}/u;
const ENDS_SENTENCE = /[.!?…:。！？：]["'”’»)\]」』]*$/u;

/**
 * Joins the sections under one heading to a running text, across pages, and divides it into sentences. It holds at most
 * a block of text and one sentence.
 */
export class SectionJoiner {
  #text = '';
  #marks: PageMark[] = [];

  /** Whether a section's text may be joined to the text before it. Both have the same heading. */
  continues({ page }: Section): boolean {
    const last = this.#marks.at(-1)?.page ?? page;
    return page >= last && page - last <= MOST_PAGES_BETWEEN + 1;
  }

  /**
   * Adds a section.
   * @returns the complete sentences.
   */
  add({ page, text: added }: Section): Unit[] {
    const text = added.trim();
    if (text === '') return [];
    if (this.#text !== '') this.#joinTo(text);
    if (this.#marks.at(-1)?.page !== page) this.#marks.push({ offset: this.#text.length, page });
    this.#text += text;
    return this.#text.length < BLOCK ? [] : this.#take(false);
  }

  /** All remaining sentences. Text that is added later starts anew. */
  finish(): Unit[] {
    return this.#take(true);
  }

  /** Ends the text so that `next` may follow. Joins a word that a hyphen divides. */
  #joinTo(next: string): void {
    const text = this.#text.trimEnd();
    if (ENDS_HYPHENATED.test(text) && BEGINS_LOWER.test(next)) this.#text = text.slice(0, -1);
    else if (ENDS_UNSPACED.test(text.slice(-8)) && BEGINS_UNSPACED.test(next)) this.#text = text;
    else this.#text = `${text}${ENDS_SENTENCE.test(text.slice(-8)) ? '\n\n' : '\n'}`;
  }

  #take(isAll: boolean): Unit[] {
    const ends = sentenceEnds(this.#text);
    // The last sentence may continue.
    if (!isAll) ends.pop();
    if (!isAll && ends.length === 0) return this.#takeParts();
    const units = divide(this.#whole(), ends);
    this.#drop(ends.at(-1)?.end ?? 0);
    return units;
  }

  /** Parts of a sentence that is longer than a block. The last part stays. */
  #takeParts(): Unit[] {
    const ends: number[] = [];
    let start = 0;
    while (this.#text.length - start > BLOCK / 2) {
      start += findCut(this.#text.slice(start), BLOCK / 2);
      ends.push(start);
    }
    const parts = divide(
      this.#whole(),
      ends.map((end) => ({ end, endsParagraph: false })),
    );
    this.#drop(start);
    return parts.map((part) => ({ ...part, isCut: true }));
  }

  #whole(): Unit {
    return { text: this.#text, marks: this.#marks, endsParagraph: false, isCut: false };
  }

  #drop(length: number): void {
    const rest = sliceUnit(this.#whole(), length);
    this.#text = rest.text;
    this.#marks = [...rest.marks];
  }
}
