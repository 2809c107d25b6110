import { writingOf } from './script-of.ts';

/** Length of a text's start (UTF-16 units) that is examined. */
const SAMPLE = 1_000;
/** Fewest letters that tell languages of one script apart. */
const FEWEST_LETTERS = 12;
/** Fewest letters that tell a language which no other part of the document has. */
const ENOUGH_LETTERS = 40;

/** The detector's names of languages that search knows under another name. */
const OTHER_NAMES: Readonly<Record<string, string>> = { ms: 'id', nb: 'no', nn: 'no' };

/** A guess at a text's language. */
export interface Guess {
  /** ISO 639-1. */
  language: string;
  /** Whether the text is long enough and the language clear. */
  isReliable: boolean;
}

/**
 * Tells the language of a text by its script, else by its n-grams. The first call loads the n-grams' table.
 * @returns undefined if the text has too few letters.
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
