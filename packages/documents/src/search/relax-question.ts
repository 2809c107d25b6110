import { termsOf } from './parse-question.ts';
import type { Clause, Question, Term } from './question.ts';

const HANGUL = /^\p{Script=Hangul}+$/u;
/** Fewest syllables of a Korean word whose last one may be a particle. */
const SHORTEST_WITH_PARTICLE = 3;

/**
 * Divides texts without spaces into their words, which need not stand side by side then. Of a Korean word the last
 * syllable is left out, which may be a particle.
 * @returns undefined if there is nothing to divide.
 */
export function divideQuestion(question: Question): Question | undefined {
  const required = question.required.flatMap(divideClause);
  const isDivided = required.some((clause, index) => clause !== question.required[index]);
  return isDivided ? { ...question, required } : undefined;
}

function divideClause(clause: Clause): Clause[] {
  const [term, more] = clause;
  if (term === undefined || more !== undefined || term.isQuoted || !term.words.some(isGram)) return [clause];
  const words = segmentsOf(term.text).flatMap((segment) => termsOf(segment));
  // A single character is mostly a particle: it says something only where nothing else does.
  const telling = words.filter(({ words: [word] }) => word?.isPrefix !== true);
  const kept = telling.length > 0 ? telling : words;
  return isSame(kept, term) ? [clause] : kept.map((each) => [each]);
}

function isGram({ kind }: { kind: string }): boolean {
  return kind === 'gram';
}

function isSame([only, more]: readonly Term[], term: Term): boolean {
  return only === undefined || (more === undefined && only.text === term.text);
}

function segmentsOf(text: string): string[] {
  const segments = [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)];
  return segments.flatMap(({ segment, isWordLike }) => (isWordLike === true ? [withoutParticle(segment)] : []));
}

function withoutParticle(word: string): string {
  return word.length >= SHORTEST_WITH_PARTICLE && HANGUL.test(word) ? word.slice(0, -1) : word;
}

/**
 * Lets every clause be met alone, and every word of an identifier.
 * @returns undefined if there is one word or phrase only.
 */
export function loosenQuestion(question: Question): Question | undefined {
  const required = question.required.flatMap(loosenClause);
  return required.length < 2 ? undefined : { ...question, required };
}

function loosenClause(clause: Clause): Clause[] {
  const [term, more] = clause;
  if (term === undefined || more !== undefined || term.isQuoted || term.words.some(isGram)) return [clause];
  return term.words.map((word) => [{ ...term, words: [{ ...word, offset: 0 }] }]);
}
