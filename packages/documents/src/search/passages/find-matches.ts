import { chunkTokens, type IndexedText, type WeightedToken } from '../../terms/search-vector.ts';
import type { Term, TermWord } from '../question/question.ts';

/** A stretch of a text with a term of the question. Offsets are UTF-16 units. */
export interface Match {
  start: number;
  end: number;
  /** The number of its term in the question. */
  term: number;
  /** Whether it is written as in the question, including accents and ending. */
  isAsTyped?: boolean;
}

/** The places of a chunk that a question found. */
export interface ChunkMatches {
  text: Match[];
  heading: Match[];
}

/** The data that decides whether a word of the question means a word of a chunk. */
export interface Matcher {
  terms: readonly Term[];
  /** Stem lexemes of a word of the question. */
  stemLexemesOf: (word: TermWord) => readonly string[];
  /** The positions of stem lexemes in the chunk's tsvector. */
  stemPositions: ReadonlyMap<string, ReadonlySet<number>>;
}

/** Finds the terms of a question in a chunk: whole phrases, and words in every form that the index knows. */
export function findMatches(chunk: IndexedText, matcher: Matcher): ChunkMatches {
  const tokens = chunkTokens(chunk);
  const search = new TermSearch(tokens, matcher);
  const matches: ChunkMatches = { text: [], heading: [] };
  for (const [number, term] of matcher.terms.entries()) {
    for (const first of tokens) {
      const end = search.endOf(term, first);
      // Names of the headings above are not shown beside the text.
      if (end === undefined || first.weight === 'B') continue;
      const isAsTyped = first.accented === term.words[0]?.accented;
      const match = { start: first.start, end, term: number, ...(isAsTyped ? { isAsTyped } : {}) };
      matches[first.weight === 'A' ? 'heading' : 'text'].push(match);
    }
  }
  return matches;
}

/** The tokens of one chunk, by position. */
class TermSearch {
  readonly #matcher: Matcher;
  readonly #byPosition = new Map<number, WeightedToken[]>();

  constructor(tokens: readonly WeightedToken[], matcher: Matcher) {
    this.#matcher = matcher;
    for (const token of tokens) {
      const others = this.#byPosition.get(token.position);
      if (others === undefined) this.#byPosition.set(token.position, [token]);
      else others.push(token);
    }
  }

  /** The end of a term that begins with the token `first`; undefined if it does not begin there. */
  endOf({ words, joined, isQuoted }: Term, first: WeightedToken): number | undefined {
    if (joined !== undefined && this.#isMeant(joined, first, isQuoted)) return first.end;
    const [start, ...rest] = words;
    if (start === undefined || !this.#isMeant(start, first, isQuoted)) return undefined;
    let end = this.#endOfToken(start, first);
    for (const word of rest) {
      const candidates = this.#byPosition.get(first.position + word.offset) ?? [];
      const next = candidates.find((token) => this.#isMeant(word, token, isQuoted));
      if (next === undefined) return undefined;
      end = Math.max(end, this.#endOfToken(word, next));
    }
    return end;
  }

  #isMeant(word: TermWord, token: WeightedToken, isExactOnly: boolean): boolean {
    if (word.isPrefix) return token.form.startsWith(word.form);
    if (token.form === word.form) return true;
    if (isExactOnly) return false;
    const { stemLexemesOf, stemPositions } = this.#matcher;
    return stemLexemesOf(word).some((lexeme) => stemPositions.get(lexeme)?.has(token.position));
  }

  /** One character of a question is the first of the two in a gram. */
  #endOfToken({ isPrefix, kind }: TermWord, token: WeightedToken): number {
    if (!isPrefix || kind === 'word') return token.end;
    const next = this.#byPosition.get(token.position + 1)?.find(({ start }) => start > token.start);
    return next === undefined ? token.end : Math.min(token.end, next.start);
  }
}
