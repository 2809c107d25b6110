/** Scripts without spaces. Each character counts as a word, so that no dictionary decides. */
const WITHOUT_SPACES =
  '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}]';
/** Marks the place in a word where a hyphen at a line's end divides it. */
const DIVISION = '\uE000';
const WORD = new RegExp(
  `${WITHOUT_SPACES}\\p{M}*|[\\p{L}\\p{N}](?:(?!${WITHOUT_SPACES})[\\p{L}\\p{M}\\p{N}${DIVISION}])*`,
  'gu',
);
const LINE_END_HYPHEN = /(?<=\p{L})[-\u00AD\u2010][ \t]*\r?\n[ \t]*(?=\p{Ll})/gu;
/** Zero-width characters, direction marks and soft hyphens. */
const INVISIBLE = /\p{Cf}/gu;

/** The share of a reference text that another text contains. */
export interface WordRecall {
  /** Words of the reference. A word counts each time that it occurs. */
  words: number;
  /** Share (0 to 1) of those words that the other text has as often; 1 for a reference without words. */
  recall: number;
  /** Share (0 to 1) of the reference's different words that the other text contains. */
  distinctRecall: number;
  /** The different words that are missing or rarer in the other text, in the reference's order. */
  missing: string[];
}

/**
 * Compares the words of two texts. Order, case, line breaks and compatibility forms make no difference. A word that a
 * hyphen divides at a line's end counts as found if the other text has the whole word or both parts.
 */
export function wordRecall(reference: string, other: string): WordRecall {
  const left = countsOf(wordsOf(other));
  const present = new Set(left.keys());
  const distinct = new Map<string, boolean>();
  const missing = new Set<string>();
  const words = wordsOf(reference.replace(LINE_END_HYPHEN, DIVISION));
  let found = 0;
  for (const word of words) {
    const parts = word.split(DIVISION).filter((part) => part !== '');
    const whole = parts.join('');
    const forms = parts.length === 1 ? [parts] : [[whole], parts];
    distinct.set(whole, distinct.get(whole) === true || forms.some((form) => form.every((part) => present.has(part))));
    if (forms.some((form) => takeAll(left, form))) found += 1;
    else missing.add(whole);
  }
  const presentCount = [...distinct.values()].filter((isPresent) => isPresent).length;
  return {
    words: words.length,
    recall: shareOf(found, words.length),
    distinctRecall: shareOf(presentCount, distinct.size),
    missing: [...missing],
  };
}

/** A text in the form in which texts are compared: without invisible characters, in lower case. */
export function comparable(text: string): string {
  return text.normalize('NFKC').replace(INVISIBLE, '').toLowerCase();
}

function wordsOf(text: string): string[] {
  return comparable(text).match(WORD) ?? [];
}

function countsOf(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** Removes one occurrence of each word from the counts, if all are there. */
function takeAll(counts: Map<string, number>, words: readonly string[]): boolean {
  if (!words.every((word) => (counts.get(word) ?? 0) > 0)) return false;
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) - 1);
  return true;
}

function shareOf(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}
