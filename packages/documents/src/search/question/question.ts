/** A question, read: every clause must be met, and no excluded term may stand in a chunk. */
export interface Question {
  required: readonly Clause[];
  excluded: readonly Term[];
}

/** Terms one of which must stand in a chunk. */
export type Clause = readonly Term[];

/** A word, an identifier or a phrase: words that stand side by side. Never without words. */
export interface Term {
  /** As it was typed, without quotes and sign. */
  text: string;
  /** In quotes: its words count in their exact forms. */
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
  /** Any form that begins with `form`. */
  isPrefix: boolean;
}
