import { detectLanguage } from './detect-language.ts';
import { isToldByScript } from './script-of.ts';

/** Texts looked at one by one; of further ones every `STRIDE`th. */
const FIRST_TEXTS = 200;
const STRIDE = 10;
/** Smallest share of a document's text that makes a language one of the document's. */
const SMALLEST_SHARE = 0.03;
/** Most languages of a document. */
const MOST_LANGUAGES = 8;

/** Counts the text of a document by language. */
export class LanguageTally {
  readonly #characters = new Map<string, number>();
  readonly #unsure = new Map<string, number>();
  #texts = 0;

  /** Takes the next text of the document; of a long document it looks at samples only. */
  async add(text: string): Promise<void> {
    this.#texts += 1;
    if (this.#texts > FIRST_TEXTS && this.#texts % STRIDE !== 0) return;
    const guess = await detectLanguage(text);
    if (guess === undefined) return;
    const counts = guess.isReliable ? this.#characters : this.#unsure;
    counts.set(guess.language, (counts.get(guess.language) ?? 0) + text.length);
  }

  /** ISO 639-1 codes, most frequent first; empty: no language could be told. */
  languages(): string[] {
    // Short and unclear texts count only where nothing else tells the language.
    const counts = this.#characters.size > 0 ? this.#characters : this.#unsure;
    const total = [...counts.values()].reduce((sum, characters) => sum + characters, 0);
    return [...counts]
      .filter(([, characters]) => characters >= SMALLEST_SHARE * total)
      .sort(([, one], [, other]) => other - one)
      .slice(0, MOST_LANGUAGES)
      .map(([language]) => language);
  }
}

/** The languages of a document, most frequent first. @param batches its texts, in order */
export async function documentLanguages(batches: AsyncIterable<readonly { text: string }[]>): Promise<string[]> {
  const tally = new LanguageTally();
  for await (const batch of batches) for (const { text } of batch) await tally.add(text);
  return tally.languages();
}

/**
 * The language of a part of a document: one of the document's, so that a short or odd part is not taken for a foreign
 * one.
 * @returns undefined if none of the document's languages is written in the script of the part.
 */
export async function languageAmong(languages: readonly string[], text: string): Promise<string | undefined> {
  const guess = await detectLanguage(text);
  if (guess === undefined) return languages[0];
  if (languages.includes(guess.language)) return guess.language;
  return isToldByScript(guess.language) ? undefined : languages.find((language) => !isToldByScript(language));
}
