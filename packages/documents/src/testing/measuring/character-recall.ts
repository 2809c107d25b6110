import { comparable } from './word-recall.ts';

/** Length (characters) of a gram. */
const GRAM = 3;
const NO_CHARACTER = /[^\p{L}\p{M}\p{N}]+/gu;

/** The share of a reference text's characters that another text contains. */
export interface CharacterRecall {
  /** Letters, marks and digits of the reference. */
  characters: number;
  /** Share (0 to 1) of the reference's grams that the other text has as often; 1 for a reference without characters. */
  recall: number;
}

/**
 * Compares the characters of two texts by grams of three, without white space and punctuation. The division into words
 * and the order of lines make no difference. Case and compatibility forms make none either.
 */
export function characterRecall(reference: string, other: string): CharacterRecall {
  const left = new GramCounts(charactersOf(other));
  let [characters, grams, found] = [0, 0, 0];
  for (const line of reference.split(/[\n\f]/)) {
    const own = charactersOf(line);
    characters += own.length;
    for (const gram of gramsOf(own)) {
      grams += 1;
      if (left.take(gram)) found += 1;
    }
  }
  return { characters, recall: grams === 0 ? 1 : found / grams };
}

function charactersOf(text: string): string[] {
  return Array.from(comparable(text).replace(NO_CHARACTER, ''));
}

/** The grams of a line. A shorter line is one gram. */
function gramsOf(characters: readonly string[]): string[] {
  if (characters.length === 0) return [];
  if (characters.length <= GRAM) return [characters.join('')];
  return characters.slice(GRAM - 1).map((_, index) => characters.slice(index, index + GRAM).join(''));
}

/** Counts the grams of a text, and its shorter grams on demand. */
class GramCounts {
  readonly #characters: readonly string[];
  readonly #counts = new Map<number, Map<string, number>>();

  constructor(characters: readonly string[]) {
    this.#characters = characters;
  }

  /** Removes one occurrence of the gram from the counts, if there is one. */
  take(gram: string): boolean {
    const counts = this.#countsOf(Array.from(gram).length);
    const count = counts.get(gram) ?? 0;
    if (count > 0) counts.set(gram, count - 1);
    return count > 0;
  }

  #countsOf(length: number): Map<string, number> {
    const known = this.#counts.get(length);
    if (known !== undefined) return known;
    const counts = new Map<string, number>();
    for (let start = 0; start + length <= this.#characters.length; start += 1) {
      const gram = this.#characters.slice(start, start + length).join('');
      counts.set(gram, (counts.get(gram) ?? 0) + 1);
    }
    this.#counts.set(length, counts);
    return counts;
  }
}
