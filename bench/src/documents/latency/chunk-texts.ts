/** Words that stand in nearly every text. */
const FUNCTION_WORDS =
  `the of and to in is that it was for on with as be at by this had not are but from or have an they which one were
  her all she there would their we him been has when who will more no if out so said what up its about into than them`
    .trim()
    .split(/\s+/);
const SYLLABLES =
  `ba ne tri con sta ver ing ment or pre lo mu shi dra ple ter gu hy ex in fa so ri vel nor ket pul das wim zo cla fen
  bru gal hep jon lis mar nis oth pan qui ros sal tun urb vas wel yar`
    .trim()
    .split(/\s+/);
const WORDS_OF_A_CHUNK = 190;
const WORDS_OF_A_SENTENCE = 14;
/** Share of function words. */
const FUNCTION_SHARE = 0.45;
/** Different words beside the function words. */
const VOCABULARY = 40_000;
/** Offset of the ranks of words: the most frequent one stands in about every second chunk. */
const RANK_OFFSET = 25;

/** Random numbers that are the same in every run. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** English-looking texts whose words are as frequent as words are: the word of rank n about once in n. */
export class ChunkTexts {
  readonly #random: () => number;
  /** The most frequent first. */
  readonly words: readonly string[];
  readonly #cumulated: Float64Array;

  constructor(seed: number) {
    this.#random = randomNumbers(seed);
    this.words = vocabulary(randomNumbers(1));
    let sum = 0;
    this.#cumulated = Float64Array.from(this.words, (_, rank) => (sum += 1 / (rank + RANK_OFFSET)));
  }

  /** The next text: sentences of about 1,200 characters together. */
  next(): string {
    const words = Array.from({ length: WORDS_OF_A_CHUNK }, () => this.#word());
    const sentences: string[] = [];
    for (let start = 0; start < words.length; start += WORDS_OF_A_SENTENCE) {
      const sentence = words.slice(start, start + WORDS_OF_A_SENTENCE).join(' ');
      sentences.push(`${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`);
    }
    return sentences.join(' ');
  }

  #word(): string {
    if (this.#random() < FUNCTION_SHARE) return pick(FUNCTION_WORDS, this.#random() ** 2);
    const wanted = this.#random() * (this.#cumulated.at(-1) ?? 0);
    let [low, high] = [0, this.#cumulated.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#cumulated[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return this.words[low] ?? '';
  }
}

function vocabulary(random: () => number): string[] {
  const words = new Set<string>();
  while (words.size < VOCABULARY) {
    const syllables = Array.from({ length: 2 + Math.floor(random() * 3) }, () => pick(SYLLABLES, random()));
    words.add(syllables.join('') + (random() < 0.2 ? 's' : ''));
  }
  return [...words];
}

/** @param share from 0 to below 1 */
function pick(list: readonly string[], share: number): string {
  return list[Math.floor(share * list.length)] ?? '';
}
