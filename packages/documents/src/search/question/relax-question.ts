import { termsOf } from './parse-question.ts';
import type { Clause, Question, Term } from './question.ts';

const HANGUL = /^\p{Script=Hangul}+$/u;
/** A Japanese word with its ending. */
const WITH_ENDING = /^(?<stem>.*\p{Script=Han})\p{Script=Hiragana}+$/u;
/** Fewest syllables of a Korean word without its particles and endings. */
const SHORTEST_KOREAN = 2;
/** Largest number of syllables that are removed at a word's end. */
const MOST_ENDING = 8;
/** Longest Korean word. Longer text has no spaces, and no single ending. */
const LONGEST_KOREAN = 24;

/**
 * Divides texts without spaces into their words. The words may then stand apart and have other endings. A Korean word
 * loses its last syllables, a Japanese word the kana at its end.
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
  const clauses = segmentsOf(term.text)
    .map((segment) => withoutEndings(segment).flatMap((word) => termsOf(word)))
    .filter(({ length }) => length > 0);
  // A single character is mostly a particle. It counts only if there is nothing else.
  const telling = clauses.filter(([first]) => first?.words[0]?.isPrefix !== true);
  const kept = telling.length > 0 ? telling : clauses;
  return isSame(kept, term) ? [clause] : kept;
}

function isGram({ kind }: { kind: string }): boolean {
  return kind === 'gram';
}

function isSame([only, more]: readonly Clause[], term: Term): boolean {
  return more === undefined && (only ?? []).every(({ text }) => text === term.text);
}

function segmentsOf(text: string): string[] {
  const segments = [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)];
  return segments.flatMap(({ segment, isWordLike }) => (isWordLike === true ? [segment] : []));
}

/** Alternative forms of a word. */
function withoutEndings(word: string): string[] {
  const composed = word.normalize('NFC');
  if (HANGUL.test(composed)) {
    if (composed.length <= SHORTEST_KOREAN || composed.length > LONGEST_KOREAN) return [word];
    const most = Math.min(MOST_ENDING, composed.length - SHORTEST_KOREAN);
    return Array.from({ length: most }, (_, left) => composed.slice(0, composed.length - 1 - left));
  }
  const stem = WITH_ENDING.exec(word)?.groups?.['stem'];
  return stem === undefined ? [word] : [word, stem];
}

/**
 * Makes every clause, and every word of an identifier, sufficient alone.
 * @returns undefined for a single word or phrase.
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
