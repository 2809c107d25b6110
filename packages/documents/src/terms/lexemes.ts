import { hashText } from './hash-text.ts';

/**
 * The version of the terms in `DocumentChunk.search`. Whoever changes what `tokenize`, `normalize` or the lexemes give
 * raises it; workers then index the rows of earlier versions again.
 */
export const SEARCH_VERSION = 4;

/** A word exactly as `normalize` gives it. Prefixes are asked for of these: `key:=hand` with `:*`. */
export function exactLexeme(ownerKey: string, form: string): string {
  return `${ownerKey}:=${form}`;
}

/** A word's stem in a language (ISO 639-1). */
export function stemLexeme(ownerKey: string, language: string, stem: string): string {
  return `${ownerKey}:${language}~${stem}`;
}

/**
 * Marks a chunk in which a lexeme is prominent: in a heading, or often in the text. A search for a frequent word looks
 * at these chunks first. It has no positions.
 */
export function prominentLexeme(lexeme: string): string {
  const colon = lexeme.indexOf(':') + 1;
  return `${lexeme.slice(0, colon)}^${lexeme.slice(colon)}`;
}

/** Different pair lexemes of an owner. One stands in some 5 % of the chunks, whatever its words are. */
const PAIRS = 4_096;

/**
 * Marks a chunk in which two words stand side by side, by a hash of both. A phrase of frequent words is looked for in
 * the few chunks that have all its pairs. It has no positions.
 */
export function pairLexeme(ownerKey: string, first: string, second: string): string {
  return `${ownerKey}:"${(hashText(`${first} ${second}`) % PAIRS).toString(36)}`;
}

/** A lexeme in the text form of tsvector and tsquery. */
export function quoteLexeme(lexeme: string): string {
  return `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
