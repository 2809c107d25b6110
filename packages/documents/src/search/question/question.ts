/** A parsed question: a chunk must meet every clause and must not have an excluded term. */
export interface Question {
  required: readonly Clause[];
  excluded: readonly Term[];
}

/** Alternative terms: a chunk must have one of them. */
export type Clause = readonly Term[];

/** A word, an identifier or a phrase: words side by side. It has at least one word. */
export interface Term {
  /** The term as typed, without quotes and sign. */
  text: string;
  /** Whether it is in quotes: its words count only in their exact forms. */
  isQuoted: boolean;
  words: readonly TermWord[];
  /** The term written as one word: `email` for `e-mail`. */
  joined?: TermWord;
}

/** One place of a term. */
export interface TermWord {
  form: string;
  accented: string;
  kind: 'word' | 'gram';
  /** Positions after the first word. */
  offset: number;
  /** Whether it means any form that begins with `form`. */
  isPrefix: boolean;
}
