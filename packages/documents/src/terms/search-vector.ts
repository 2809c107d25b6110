import { exactLexeme, pairLexeme, prominentLexeme, quoteLexeme, stemLexeme } from './lexemes.ts';
import { tokenize, type Token } from './tokenize.ts';

/** Highest position that a tsvector keeps. */
const LAST_POSITION = 16_383;
/** Most positions that a tsvector keeps of one lexeme. */
const MOST_POSITIONS = 255;
/** Size (bytes) at which no further lexemes are added. PostgreSQL refuses 1 MiB. */
const MOST_BYTES = 900_000;
/** Positions between heading path, heading and text, so that no phrase spans them. */
const GAP = 8;
/** Number of occurrences from which a lexeme is prominent in a text. */
const PROMINENT_COUNT = 4;

type Weight = 'A' | 'B' | 'D';

/** The texts of a chunk that search finds. */
export interface IndexedText {
  heading?: string | null | undefined;
  /** Outermost first. */
  headingPath?: readonly string[] | undefined;
  text: string;
}

/** The stems of an accented form, without accents; see `stemWords`. */
export type StemsOf = (accented: string) => readonly string[];

/** The tokens of a chunk with their place in its tsvector. */
export interface WeightedToken extends Token {
  weight: Weight;
}

/** Tokens of the heading path (weight B), the heading (A) and the text (D), in this order. */
export function chunkTokens({ heading, headingPath = [], text }: IndexedText): WeightedToken[] {
  const parts: [string, Weight][] = [
    ...headingPath.map((name): [string, Weight] => [name, 'B']),
    [heading ?? '', 'A'],
    [text, 'D'],
  ];
  const tokens: WeightedToken[] = [];
  let offset = 1;
  for (const [part, weight] of parts) {
    // The tokens are new objects. Changing them in place is faster than copying them.
    for (const token of tokenize(part)) {
      tokens.push(Object.assign(token, { weight, position: token.position + offset }));
    }
    const last = tokens.at(-1);
    offset = last === undefined ? 1 : last.position + GAP;
  }
  return tokens;
}

/**
 * Builds a chunk's tsvector in PostgreSQL's text form. Every lexeme begins with the owner's key. A chunk that is too
 * long for one tsvector loses its last words.
 * @param options.language ISO 639-1; undefined: words are found only in their exact forms.
 */
export function searchVector(
  tokens: readonly WeightedToken[],
  options: { ownerKey: string; language: string | undefined; stemsOf: StemsOf },
): string {
  const found = new Map<string, string[]>();
  const prominent = new Set<string>();
  for (const token of tokens) {
    for (const lexeme of lexemesOf(token, options)) {
      const places = found.get(lexeme) ?? [];
      if (places.length === 0) found.set(lexeme, places);
      places.push(`${Math.min(token.position, LAST_POSITION)}${token.weight}`);
      if (token.weight !== 'D' || places.length >= PROMINENT_COUNT) prominent.add(lexeme);
    }
  }
  return vectorText(found, [...[...prominent].map(prominentLexeme), ...pairLexemes(tokens, options.ownerKey)]);
}

/** The pairs of words side by side. */
function pairLexemes(tokens: readonly WeightedToken[], ownerKey: string): Set<string> {
  const words = tokens.filter(({ kind, isIndexOnly }) => kind === 'word' && isIndexOnly !== true);
  const pairs = new Set<string>();
  for (const [index, { position, form }] of words.entries()) {
    const next = words[index + 1];
    if (next?.position === position + 1) pairs.add(pairLexeme(ownerKey, form, next.form));
  }
  return pairs;
}

function lexemesOf(
  token: WeightedToken,
  { ownerKey, language, stemsOf }: { ownerKey: string; language: string | undefined; stemsOf: StemsOf },
): string[] {
  const exact = exactLexeme(ownerKey, token.form);
  if (language === undefined || token.kind === 'gram') return [exact];
  return [exact, ...stemsOf(token.accented).map((stem) => stemLexeme(ownerKey, language, stem))];
}

/** @param marks lexemes without positions */
function vectorText(found: ReadonlyMap<string, readonly string[]>, marks: readonly string[]): string {
  const entries: string[] = [];
  let bytes = 0;
  const add = (lexeme: string, places: readonly string[]) => {
    const suffix = places.length === 0 ? '' : `:${places.slice(0, MOST_POSITIONS).join(',')}`;
    bytes += Buffer.byteLength(lexeme) + 2 * places.length + 8;
    if (bytes <= MOST_BYTES) entries.push(`${quoteLexeme(lexeme)}${suffix}`);
  };
  for (const [lexeme, places] of found) add(lexeme, places);
  for (const lexeme of marks) add(lexeme, []);
  return entries.join(' ');
}
