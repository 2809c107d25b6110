import { hashText } from '../terms/hash-text.ts';

/** Shortest and longest word (letters) that is corrected; shorter ones have too many neighbours. */
const SHORTEST = 3;
const LONGEST = 24;
/** From this length (letters) on, two mistakes are corrected; in shorter words one. */
const LONG_WORD = 7;
/** Beginning of a word (letters) that its keys are made of. */
const KEPT = 7;
const WORD = /^[\p{L}\p{M}]+$/u;

/** Whether a word is one that can be corrected, or corrected to. */
export function isCorrectable(form: string): boolean {
  return form.length >= SHORTEST && form.length <= LONGEST && WORD.test(form);
}

/** The most mistakes (letters added, left out, changed, swapped) that are corrected in a word. */
export function mostMistakes(form: string): number {
  return form.length >= LONG_WORD ? 2 : 1;
}

/**
 * Hashes (32-bit, signed) of the owner and of what is left of the word's beginning when up to `mostMistakes` letters are
 * left out. Two words with no more mistakes between them share a key.
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

/** Words that share a hash by chance cost a comparison, nothing else. */
function hashOf(ownerId: string, variant: string): number {
  return hashText(`${ownerId}\n${variant}`) | 0;
}
