import type { IndexedText } from '../terms/search-vector.ts';
import { vocabularyOf } from './vocabulary.ts';

/**
 * Largest number of different words of one document in its owner's vocabulary. A long book has half as many; lists of
 * codes have more.
 */
const MOST_WORDS = 100_000;

/** The different words of one document, each returned once, up to a limit. */
export class DocumentWords {
  readonly #most: number;
  readonly #known = new Set<string>();

  /** @param most largest number of different words of the document; 100,000 if absent. */
  constructor(most: number = MOST_WORDS) {
    this.#most = most;
  }

  /** @returns the words of the next chunks that no earlier chunk had. Empty beyond the limit. */
  newIn(chunks: readonly IndexedText[]): string[] {
    const words: string[] = [];
    for (const chunk of chunks) {
      if (this.#known.size >= this.#most) break;
      for (const word of vocabularyOf(chunk)) {
        if (this.#known.has(word) || this.#known.size >= this.#most) continue;
        this.#known.add(word);
        words.push(word);
      }
    }
    return words;
  }
}
