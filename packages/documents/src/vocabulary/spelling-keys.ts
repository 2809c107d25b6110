import { hashText } from '../terms/hashes.ts';

/** Shortest and longest word (letters) that is corrected. Shorter words have too many neighbours. */
const SHORTEST = 3;
const LONGEST = 24;
/** Length (letters) from which two mistakes are corrected. In shorter words, one is corrected. */
const LONG_WORD = 7;
/** Length (letters) of a word's start from which its keys are made. */
const KEPT = 7;
const WORD = /^[\p{L}\p{M}]+$/u;

/** Whether a word can be corrected, or be the correction. */
export function isCorrectable(form: string): boolean {
  return form.length >= SHORTEST && form.length <= LONGEST && WORD.test(form);
}

/** The largest number of mistakes (letters added, left out, changed, swapped) that are corrected in a word. */
export function mostMistakes(form: string): number {
  return form.length >= LONG_WORD ? 2 : 1;
}

/**
 * Hashes (32-bit, signed) of the owner and of the word's start after up to `mostMistakes` letters are removed. Two
 * words with at most that many mistakes between them share a key.
 */
export function spellingKeys(ownerId: string, form: string): number[] {
  const letters = Array.from(form).slice(0, KEPT).join('');
  const variants = new Set([letters]);
  let last = [letters];
  for (let left = mostMistakes(form); left > 0; left -= 1) {
    last = [...new Set(last.flatMap(withoutOneLetter))];
    for (const variant of last) variants.add(variant);
  }
  return [...new Set([...variants].map((variant) => hashOf(ownerId, variant)))];
}

function withoutOneLetter(text: string): string[] {
  const letters = Array.from(text);
  return letters.map((_, index) => letters.toSpliced(index, 1).join(''));
}

/** A hash that two words share by chance costs only a comparison. */
function hashOf(ownerId: string, variant: string): number {
  return hashText(`${ownerId}\n${variant}`) | 0;
}
