import { detectLanguage } from './detect-language.ts';
import { isIdentifiedByScript } from './script-of.ts';

/** Number of first texts that are all examined. Of later texts, every `STRIDE`th is examined. */
const FIRST_TEXTS = 200;
const STRIDE = 10;
/** Smallest share of a document's text that makes a language one of the document's languages. */
const SMALLEST_SHARE = 0.03;
/** Most languages of a document. */
const MOST_LANGUAGES = 8;

/** Counts the text of a document by language. */
export class LanguageTally {
  readonly #characters = new Map<string, number>();
  readonly #unsure = new Map<string, number>();
  #texts = 0;

  /** Adds the next text of the document. Of a long document, only samples are examined. */
  async add(text: string): Promise<void> {
    this.#texts += 1;
    if (this.#texts > FIRST_TEXTS && this.#texts % STRIDE !== 0) return;
    const guess = await detectLanguage(text);
    if (guess === undefined) return;
    const counts = guess.isReliable ? this.#characters : this.#unsure;
    counts.set(guess.language, (counts.get(guess.language) ?? 0) + text.length);
  }

  /** ISO 639-1 codes, most frequent first. Empty if no language was recognised. */
  languages(): string[] {
    // Short and unclear texts count only if no other text tells the language.
    const counts = this.#characters.size > 0 ? this.#characters : this.#unsure;
    const total = [...counts.values()].reduce((sum, characters) => sum + characters, 0);
    return [...counts]
      .filter(([, characters]) => characters >= SMALLEST_SHARE * total)
      .sort(([, one], [, other]) => other - one)
      .slice(0, MOST_LANGUAGES)
      .map(([language]) => language);
  }
}

/**
 * The languages of a document, most frequent first.
 * @param batches its texts, in order
 */
export async function documentLanguages(batches: AsyncIterable<readonly { text: string }[]>): Promise<string[]> {
  const tally = new LanguageTally();
  for await (const batch of batches) for (const { text } of batch) await tally.add(text);
  return tally.languages();
}

/**
 * The language of a part of a document, out of the document's languages. So a short or odd part does not count as
 * foreign.
 * @returns undefined if none of these languages uses the part's script.
 */
export async function languageAmong(languages: readonly string[], text: string): Promise<string | undefined> {
  const guess = await detectLanguage(text);
  if (guess === undefined) return languages[0];
  if (languages.includes(guess.language)) return guess.language;
  return isIdentifiedByScript(guess.language)
    ? undefined
    : languages.find((language) => !isIdentifiedByScript(language));
}
