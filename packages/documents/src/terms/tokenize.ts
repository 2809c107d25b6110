import {
  HANGUL_CLUSTER,
  JOINT,
  LINE_END_HYPHEN,
  OTHER_NUMBER,
  PROGRAMMING_LANGUAGE,
  SOFT_BREAK,
  SPACED_WORD,
  UNSPACED_CLUSTER,
  WIDE_SETTING,
} from './character-classes.ts';
import { accentedForm, withoutAccents } from './normalize.ts';

/** A place in a text, and a form under which it is found. */
export interface Token {
  /** Offsets (UTF-16 units) in the original text. */
  start: number;
  end: number;
  /** From 0. Neighbours in the text have consecutive positions. Several tokens may share a position. */
  position: number;
  /** The normalised form; see `normalize`. */
  form: string;
  /** The form with its accents, for stemmers; see `accentedForm`. */
  accented: string;
  /** A gram is two clusters of a text without spaces, or a single one. */
  kind: 'word' | 'gram';
  /**
   * An additional form for the index: part of a camel-case name, a hyphenated word written as one, the last cluster of
   * a run of grams. Questions omit it.
   */
  isIndexOnly?: true;
}

/** Longest form (UTF-16 units). Index and questions cut longer words off. */
const LONGEST_FORM = 120;
/** Raised and lowered digits: part of a formula, or a footnote's number. */
const SMALL_DIGITS = /^[⁰¹²³⁴-⁹₀-₉]+$/u;
const INITIAL = /^\p{L}$/u;
/** Largest number of characters between the halves of a word that a line end divides: hyphen, line end, indentation. */
const LONGEST_LINE_END = 40;
const LOWER_CASE = /^\p{Ll}/u;
/** Longest hyphenated word that is also indexed as one. */
const LONGEST_JOINED = 40;

/**
 * Longest word (UTF-16 units) whose tokens are kept. V8 copies it, so that the word does not keep its text in memory.
 */
const LONGEST_RECENT = 12;
/** Number of words whose tokens are kept. */
const MOST_RECENT = 20_000;

const GRAM_RUN = `(?:${UNSPACED_CLUSTER})(?:(?:${SOFT_BREAK}|${WIDE_SETTING})?(?:${UNSPACED_CLUSTER}))*`;
/**
 * ASCII words in one case or capitalised, unless a mark, digit or sign may belong to them. Most words of many texts are
 * plain.
 */
const PLAIN_WORD = '(?:[A-Z]?[a-z]+|[A-Z]+)(?![A-Za-z0-9+#]|[^\\0-\\x7f])';
/** Groups: a plain word, grams. Named groups would cost time in every match. */
const PIECE = new RegExp(
  `(${PLAIN_WORD})|(${GRAM_RUN}|(?:${HANGUL_CLUSTER})+)|${PROGRAMMING_LANGUAGE}|${SPACED_WORD}|${OTHER_NUMBER}`,
  'gu',
);
const CLUSTER = new RegExp(`${UNSPACED_CLUSTER}|${HANGUL_CLUSTER}`, 'gu');
/** Shortest part of a camel-case name. `iPhone` and `IPv6` are not divided. */
const SHORTEST_CAMEL_PART = 2;
/** Places where a camel-case name divides. */
const CAMEL_JOINT = /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u;
/** Places where letters and digits meet: `v2`, `15T10`. */
const DIGIT_JOINT = /(?<=\p{L}\p{M}*)(?=\p{Nd})|(?<=\p{Nd})(?=\p{L})/u;
/** Largest number of parts of letters and digits. A word with more parts is a code, whose parts say nothing. */
const MOST_DIGIT_PARTS = 3;
/** Parts that are also found alone: numbers, and words of some letters. */
const TELLING_PART = /^\p{Nd}+$|\p{L}.*\p{L}/u;
const NOT_IN_FORMS = /[^\p{L}\p{M}\p{N}]+/u;

/**
 * Divides a text, in order, into the forms under which it is found. A word of most scripts becomes one token. Parts of
 * identifiers, paths and addresses (`max_worker_processes`, `a/b.txt`) become neighbours, so that a phrase finds them.
 * Text without spaces becomes overlapping grams of two clusters, so that a phrase of grams finds any part of it.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  for (const { 0: piece, 1: plain, 2: grams, index } of text.matchAll(PIECE)) {
    const place = { text: piece, start: index, position };
    if (plain !== undefined) tokens.push(plainToken(place));
    else tokens.push(...(grams === undefined ? wordTokens(place) : gramTokens(place)));
    position = (tokens.at(-1)?.position ?? -1) + 1;
  }
  return withJoinedWords(tokens, text);
}

/** The tokens of a question: all but those that only the index needs. */
export function questionTokens(text: string): Token[] {
  return tokenize(text).filter((token) => token.isIndexOnly !== true);
}

interface Place {
  text: string;
  start: number;
  position: number;
}

function gramTokens({ text, start, position }: Place): Token[] {
  const clusters = [...text.matchAll(CLUSTER)].map((match) => ({ text: match[0], start: start + match.index }));
  return clusters.map((cluster, index) => {
    const next = clusters[index + 1];
    const last = next ?? cluster;
    const accented = accentedForm(next === undefined ? cluster.text : cluster.text + next.text);
    return {
      start: cluster.start,
      end: last.start + last.text.length,
      position: position + index,
      form: withoutAccents(accented),
      accented,
      kind: 'gram',
      ...(next === undefined && index > 0 ? { isIndexOnly: true } : {}),
    };
  });
}

/** The tokens of recent words, as if the text began with them. Most words occur many times in a text. */
const recentWords = new Map<string, readonly Token[]>();

function wordTokens({ text, start, position }: Place): Token[] {
  const tokens = recentWords.get(text) ?? remembered(text, newWordTokens({ text, start: 0, position: 0 }));
  return tokens.map((token) => ({
    ...token,
    start: token.start + start,
    end: token.end + start,
    position: token.position + position,
  }));
}

function remembered(text: string, tokens: readonly Token[]): readonly Token[] {
  if (text.length > LONGEST_RECENT) return tokens;
  if (recentWords.size >= MOST_RECENT) recentWords.clear();
  recentWords.set(text, tokens);
  return tokens;
}

function newWordTokens(place: Place): Token[] {
  const last = place.text.at(-1);
  if (last === '+' || last === '#') return languageTokens(place);
  // One compatibility form may mean several words: ﷺ, ½.
  const parts = accentedForm(place.text).split(NOT_IN_FORMS).filter(Boolean);
  const end = place.start + place.text.length;
  const whole = parts.map((part, index) =>
    wordToken({ start: place.start, end, position: place.position + index }, part),
  );
  return parts.length === 1 ? [...whole, ...partTokens(place)] : whole;
}

/** A word that is its own form except for its case, and that has no parts. */
function plainToken({ text, start, position }: Place): Token {
  const form = cutForm(text.toLowerCase());
  return { start, end: start + text.length, position, form, accented: form, kind: 'word' };
}

function languageTokens({ text, start, position }: Place): Token[] {
  const place = { start, end: start + text.length, position };
  const name = text.toLowerCase();
  return [wordToken(place, name), { ...wordToken(place, name.slice(0, 1)), isIndexOnly: true }];
}

/** The parts of a camel-case name, or of letters and digits. */
function partTokens({ text, start, position }: Place): Token[] {
  const parts = partsOf(text);
  let offset = start;
  return parts.flatMap((part) => {
    const place = { start: offset, end: offset + part.length, position };
    offset = place.end;
    return TELLING_PART.test(part) ? [{ ...wordToken(place, accentedForm(part)), isIndexOnly: true as const }] : [];
  });
}

function partsOf(text: string): string[] {
  const camel = text.split(CAMEL_JOINT);
  if (camel.length > 1 && camel.every((part) => part.length >= SHORTEST_CAMEL_PART)) return camel;
  const mixed = text.split(DIGIT_JOINT);
  return mixed.length > 1 && mixed.length <= MOST_DIGIT_PARTS ? mixed : [];
}

function wordToken(place: Pick<Token, 'start' | 'end' | 'position'>, accented: string): Token {
  return { ...place, form: cutForm(withoutAccents(accented)), accented: cutForm(accented), kind: 'word' };
}

function cutForm(form: string): string {
  return form.length <= LONGEST_FORM ? form : form.slice(0, LONGEST_FORM).replace(/[\ud800-\udbff]$/, '');
}

/** Adds `email` at the place of `e-mail`, `usa` at `U.S.A.`, and `h2o` at `H₂O`. */
function withJoinedWords(tokens: readonly Token[], text: string): Token[] {
  const words = tokens.filter((token) => token.kind === 'word' && token.isIndexOnly !== true);
  const joined = new Map<number, Token>();
  for (let first = 0; first < words.length;) {
    const group = jointGroup(words, first, text);
    const [start, end] = [group.at(0), group.at(-1)];
    const accented = group.map((word) => word.accented).join('');
    if (start !== undefined && end !== undefined && group.length > 1 && accented.length <= LONGEST_JOINED) {
      const place = { start: start.start, end: end.end, position: start.position };
      joined.set(start.position, { ...wordToken(place, accented), isIndexOnly: true });
    }
    first += group.length;
  }
  if (joined.size === 0) return [...tokens];
  return tokens.flatMap((token, index) => {
    const added = token.position === tokens[index - 1]?.position ? undefined : joined.get(token.position);
    return added === undefined ? [token] : [token, added];
  });
}

/** The word at `first`, and the words that hyphens or apostrophes join to it. */
function jointGroup(words: readonly Token[], first: number, text: string): Token[] {
  const group = words.slice(first, first + 1);
  for (let index = first + 1; index < words.length; index += 1) {
    const [before, word] = [words[index - 1], words[index]];
    if (before === undefined || word === undefined || !isJoined(before, word, text)) break;
    group.push(word);
  }
  return group;
}

function isJoined(before: Token, word: Token, text: string): boolean {
  // One sign or none joins two words. Most words have a space between them.
  if (text[before.end] === ' ') return false;
  if (word.start - before.end > 1) return isOverLineEnd(before, word, text);
  const between = text.slice(before.end, word.start);
  if (JOINT.test(between)) return true;
  if (between === '.') return isInitial(before) && isInitial(word);
  const isSmall = ({ start, end }: Token) => SMALL_DIGITS.test(text.slice(start, end));
  return between === '' && before.end === word.start && (isSmall(word) || isSmall(before));
}

/** Whether a hyphen at a line's end stands between two words, and the second is in lower case. */
function isOverLineEnd(before: Token, word: Token, text: string): boolean {
  const length = word.start - before.end;
  if (length > LONGEST_LINE_END) return false;
  return LINE_END_HYPHEN.test(text.slice(before.end, word.start)) && LOWER_CASE.test(text.slice(word.start, word.end));
}

function isInitial({ form }: Token): boolean {
  return INITIAL.test(form);
}
