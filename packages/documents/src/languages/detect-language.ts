import { writingOf } from './script-of.ts';

/** Longest beginning of a text (UTF-16 units) that is looked at. */
const SAMPLE = 1_000;
/** Fewest letters by which languages of one script are told apart. */
const FEWEST_LETTERS = 12;
/** Fewest letters by which a language may be told that no other part of the document is written in. */
const ENOUGH_LETTERS = 40;

/** Names that the detector gives to languages that search knows under another one. */
const OTHER_NAMES: Readonly<Record<string, string>> = { ms: 'id', nb: 'no', nn: 'no' };

/** A guess at a text's language. */
export interface Guess {
  /** ISO 639-1. */
  language: string;
  /** Whether the text is long enough, and the language clear. */
  isReliable: boolean;
}

/**
 * Tells the language of a text: by its script, or by its n-grams. The n-grams' table is loaded by the first call.
 * @returns undefined if the text holds too few letters.
 */
export async function detectLanguage(text: string): Promise<Guess | undefined> {
  const sample = text.slice(0, SAMPLE);
  const writing = writingOf(sample);
  if (writing.letters === 0) return undefined;
  if (writing.language !== undefined) return { language: writing.language, isReliable: true };
  if (writing.letters < FEWEST_LETTERS) return undefined;
  const { eld } = await import('eld/extrasmall');
  const found = eld.detect(sample);
  if (found.language === '') return undefined;
  const isReliable = writing.letters >= ENOUGH_LETTERS && found.isReliable();
  return { language: OTHER_NAMES[found.language] ?? found.language, isReliable };
}
