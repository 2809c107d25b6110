import { exactLexeme, pairLexeme, prominentLexeme, quoteLexeme, stemLexeme } from '../../terms/lexemes.ts';
import type { QueryWords } from './query-words.ts';
import type { Clause, Question, Term, TermWord } from '../question/question.ts';

/** Largest distance in a tsquery. */
const LARGEST_DISTANCE = 16_384;

/** Largest number of clauses for a query in which any one may be missing. The query grows with the square. */
const MOST_LEFT_OUT = 8;

/** Writes the parts of a question as PostgreSQL's tsquery. */
export class QueryWriter {
  readonly #ownerKey: string;
  readonly #known: QueryWords;
  /** Stem lexemes by word, because every token of a chunk needs them. */
  readonly #stemLexemes = new Map<string, readonly string[]>();

  constructor(ownerKey: string, known: QueryWords) {
    this.#ownerKey = ownerKey;
    this.#known = known;
  }

  /** The question's own query: all clauses, without the excluded terms. Undefined for an empty question. */
  match(question: Question): string | undefined {
    const clauses = this.#counting(question.required).map((clause) => this.clause(clause));
    return clauses.length === 0 ? undefined : this.#without(question, clauses.join(' & '));
  }

  /** All clauses together with an excluded term. Undefined without excluded terms. */
  matchWithExcluded(question: Question): string | undefined {
    const match = this.match({ ...question, excluded: [] });
    const excluded = question.excluded.map((term) => this.#term(term));
    return match === undefined || excluded.length === 0 ? undefined : `(${match}) & (${excluded.join(' | ')})`;
  }

  /** All clauses in the question's order, for `ts_rank_cd`, which ranks by nearness. */
  nearness({ required }: Question): string {
    const clauses = this.#counting(required).map((clause) => clause.map((term) => this.#words(term)).join(' | '));
    return clauses.map((clause) => `(${clause})`).join(' & ');
  }

  /**
   * The question's own query, for chunks in which a word of the question is prominent. Undefined if no word can be
   * prominent.
   */
  prominentMatch(question: Question): string | undefined {
    const match = this.match(question);
    const lexemes = this.#lexemes(question).map((lexeme) => quoteLexeme(prominentLexeme(lexeme)));
    return match === undefined || lexemes.length === 0 ? undefined : `(${match}) & (${lexemes.join(' | ')})`;
  }

  /** All clauses but any one. Undefined for too few or too many clauses. */
  allButOne(question: Question): string | undefined {
    const clauses = this.#counting(question.required).map((clause) => this.clause(clause));
    if (clauses.length < 3 || clauses.length > MOST_LEFT_OUT) return undefined;
    const left = clauses.map((_, index) => `(${clauses.filter((_clause, other) => other !== index).join(' & ')})`);
    return this.#without(question, left.join(' | '));
  }

  /** Each clause alone, without the excluded terms. */
  each(question: Question): string[] {
    return this.#counting(question.required).map((clause) => this.#without(question, this.clause(clause)));
  }

  /** Whether the question has only function words, which most chunks match. */
  isOfStopWords({ required }: Question): boolean {
    return required.length > 0 && required.every((clause) => this.#isOfStopWords(clause));
  }

  /** Every word of the question, as alternatives: for `ts_rank`. */
  anyWord({ required }: Question): string {
    const words = required.flatMap((clause) => clause.flatMap(({ words }) => words));
    return words.map((word) => this.word(word)).join(' | ');
  }

  /** The terms that count, without function words. */
  countingTerms({ required }: Question): Term[] {
    return this.#counting(required).flat();
  }

  /** A clause, `a | b <-> c`, in parentheses if necessary. */
  clause(clause: Clause): string {
    const terms = clause.map((term) => this.#term(term));
    return terms.length === 1 ? terms.join('') : `(${terms.join(' | ')})`;
  }

  /** The stem lexemes of a word. */
  stemLexemes({ accented, kind, isPrefix }: TermWord): readonly string[] {
    if (kind === 'gram' || isPrefix) return [];
    const known = this.#stemLexemes.get(accented);
    if (known !== undefined) return known;
    const stems = this.#known.stemsOf(accented);
    const lexemes = [...new Set(stems.map(({ language, stem }) => stemLexeme(this.#ownerKey, language, stem)))];
    this.#stemLexemes.set(accented, lexemes);
    return lexemes;
  }

  /** The clauses without function words, unless all are: other words say more. */
  #counting(clauses: readonly Clause[]): readonly Clause[] {
    const counting = clauses.filter((clause) => !this.#isOfStopWords(clause));
    return counting.length === 0 ? clauses : counting;
  }

  #isOfStopWords(clause: Clause): boolean {
    return clause.every((term) => this.#isStopWord(term));
  }

  #isStopWord({ isQuoted, words }: Term): boolean {
    const [word, more] = words;
    if (isQuoted || word === undefined || more !== undefined || word.isPrefix) return false;
    return this.#known.isStopWord(word.accented);
  }

  #without({ excluded }: Question, query: string): string {
    const negated = excluded.map((term) => `!${this.#term(term)}`);
    return negated.length === 0 ? query : [`(${query})`, ...negated].join(' & ');
  }

  /** A term, and the pairs of its words, with which the index finds the few chunks that may have the phrase. */
  #term(term: Term): string {
    const pairs = term.isQuoted ? this.#pairs(term.words) : [];
    return pairs.length === 0 ? this.#words(term) : `(${[this.#words(term), ...pairs].join(' & ')})`;
  }

  #pairs(words: readonly TermWord[]): string[] {
    const lexemes = words.flatMap((word, index) => {
      const next = words[index + 1];
      const isPair = next?.offset === word.offset + 1 && isWhole(word) && isWhole(next);
      return isPair ? [quoteLexeme(pairLexeme(this.#ownerKey, word.form, next.form))] : [];
    });
    return [...new Set(lexemes)];
  }

  #words({ words, isQuoted, joined }: Term): string {
    const [first, ...rest] = words;
    if (first === undefined) return '';
    if (rest.length === 0) return this.word(first, isQuoted);
    let { offset } = first;
    const phrase = [this.word(first, isQuoted)];
    for (const word of rest) {
      phrase.push(`<${Math.min(word.offset - offset, LARGEST_DISTANCE)}>`, this.word(word, isQuoted));
      offset = word.offset;
    }
    const whole = joined === undefined ? [] : [this.word(joined)];
    return `(${[phrase.join(' '), ...whole].join(' | ')})`;
  }

  /** One word in any of its forms, or only in its own form. */
  word(word: TermWord, isExactOnly = false): string {
    const exact = exactLexeme(this.#ownerKey, word.form);
    if (word.isPrefix) return `${quoteLexeme(exact)}:*`;
    return this.#alternatives(isExactOnly ? [exact] : [exact, ...this.stemLexemes(word)]);
  }

  #alternatives(lexemes: readonly string[]): string {
    const quoted = lexemes.map(quoteLexeme);
    return quoted.length === 1 ? quoted.join('') : `(${quoted.join(' | ')})`;
  }

  /** The lexemes of all words that can be prominent. */
  #lexemes({ required }: Question): string[] {
    const words = this.#counting(required).flatMap((clause) => clause.flatMap((term) => term.words));
    return words.flatMap((word) =>
      word.isPrefix ? [] : [exactLexeme(this.#ownerKey, word.form), ...this.stemLexemes(word)],
    );
  }
}

/** Whether the index has the pairs of a word. */
function isWhole({ kind, isPrefix }: TermWord): boolean {
  return kind === 'word' && !isPrefix;
}
