import { HANGUL_CLUSTER, UNSPACED_CLUSTER } from '../../terms/character-classes.ts';
import { tokenize, type Token } from '../../terms/tokenize.ts';
import type { Clause, Question, Term, TermWord } from './question.ts';

/** Each of these opens a phrase, and each closes it. */
const QUOTES = '"“”„‟«»＂';
const PIECE = new RegExp(
  `(?<=^|\\s)(?<without>-)?[${QUOTES}](?<phrase>[^${QUOTES}]*)[${QUOTES}]|[${QUOTES}](?<tight>[^${QUOTES}]*)[${QUOTES}]|(?<word>[^\\s${QUOTES}]+)`,
  'gu',
);
const OR = /^or$/i;
const CLUSTER = new RegExp(`${UNSPACED_CLUSTER}|${HANGUL_CLUSTER}`, 'gu');
/** Largest number of words and phrases. Further ones are ignored. */
const MOST_CLAUSES = 32;
/** Largest number of words of one term. Further ones are ignored. One character may mean four words: `ﷺ`. */
const MOST_WORDS = 256;
/** Fewest characters before `*`. Fewer match a large part of the index. */
const SHORTEST_PREFIX = 2;

interface Piece {
  text: string;
  isQuoted: boolean;
  isExcluded: boolean;
  isOr: boolean;
}

/**
 * Reads a question in the syntax of web search engines: words, `"phrases"`, `-excluded` words and phrases, `either OR
 * other`, and prefixes (`hand*`). Every text is a question. A text of signs alone is an empty question.
 */
export function parseQuestion(text: string): Question {
  const required: Clause[] = [];
  const excluded: Term[] = [];
  let isAlternative = false;
  const pieces = piecesOf(text);
  for (const [index, piece] of pieces.entries()) {
    if (isOperator(pieces, index)) {
      isAlternative = true;
      continue;
    }
    const term = termOf(piece);
    if (term === undefined) continue;
    if (piece.isExcluded) excluded.push(term);
    else required.push(isAlternative ? [...(required.pop() ?? []), term] : [term]);
    isAlternative = false;
  }
  return required.length === 0 && excluded.every(isNumber)
    ? { required: distinct(excluded.map((term) => [term])), excluded: [] }
    : { required: distinct(required), excluded: distinct(excluded) };
}

/** Removes duplicate clauses or terms, up to the largest number of them. */
function distinct<Part>(parts: readonly Part[]): Part[] {
  const known = new Map(parts.map((part) => [JSON.stringify(part), part]));
  return [...known.values()].slice(0, MOST_CLAUSES);
}

/** Whether the term is a number: `-42` alone searches for the number. */
function isNumber({ text }: Term): boolean {
  return /^\p{Nd}/u.test(text);
}

/** Whether the piece is an OR between two terms. */
function isOperator(pieces: readonly Piece[], index: number): boolean {
  const [before, piece, after] = [pieces[index - 1], pieces[index], pieces[index + 1]];
  return piece?.isOr === true && isOperand(before) && isOperand(after);
}

function isOperand(piece: Piece | undefined): boolean {
  return piece !== undefined && !piece.isExcluded && termOf(piece) !== undefined;
}

function piecesOf(text: string): Piece[] {
  return [...text.matchAll(PIECE)].map(({ groups = {}, index }) => {
    const phrase = groups['phrase'] ?? groups['tight'];
    if (phrase !== undefined) {
      return { text: phrase, isQuoted: true, isExcluded: groups['without'] !== undefined, isOr: false };
    }
    const word = groups['word'] ?? '';
    const isExcluded = /^-[^-\s]/u.test(word) && /^$|\s$/u.test(text.slice(0, index).slice(-1));
    return { text: isExcluded ? word.slice(1) : word, isQuoted: false, isExcluded, isOr: OR.test(word) };
  });
}

/** The term of a text that is not a phrase. Empty for signs alone. */
export function termsOf(text: string): Term[] {
  const term = termOf({ text, isQuoted: false });
  return term === undefined ? [] : [term];
}

function termOf({ text, isQuoted }: Pick<Piece, 'text' | 'isQuoted'>): Term | undefined {
  const tokens = tokenize(text);
  const asked = tokens.filter(({ isIndexOnly }) => isIndexOnly !== true);
  const [first] = asked;
  if (first === undefined) return undefined;
  const words = asked.slice(0, MOST_WORDS).map((token) => wordOf(token, { text, firstPosition: first.position }));
  const joined = isQuoted ? undefined : joinedToken(tokens, asked);
  const whole = joined === undefined ? {} : { joined: wordOf(joined, { text, firstPosition: joined.position }) };
  return { text: text.trim(), isQuoted, words, ...whole };
}

function wordOf(token: Token, { text, firstPosition }: { text: string; firstPosition: number }): TermWord {
  const { form, accented, kind, position } = token;
  return { form, accented, kind, offset: position - firstPosition, isPrefix: isPrefix(token, text) };
}

function isPrefix({ kind, form, start, end }: Token, text: string): boolean {
  if (kind === 'gram') return (text.slice(start, end).match(CLUSTER) ?? []).length === 1;
  return text.startsWith('*', end) && form.length >= SHORTEST_PREFIX;
}

/** The token that writes several tokens as one word. */
function joinedToken(tokens: readonly Token[], asked: readonly Token[]): Token | undefined {
  const [start, end] = [asked.at(0)?.start, asked.at(-1)?.end];
  const isWhole = (token: Token) => token.start === start && token.end === end && token.isIndexOnly === true;
  return asked.length > 1 ? tokens.find(isWhole) : undefined;
}
