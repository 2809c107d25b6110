import { hashText } from './hashes.ts';

/**
 * The version of the terms in `DocumentChunk.search`. Raise it with every change to the results of `tokenize`,
 * `normalize` or the lexemes. Workers then index the rows of earlier versions again.
 */
export const SEARCH_VERSION = 4;

/** A word in the form of `normalize`. Prefix queries use these lexemes: `key:=hand` with `:*`. */
export function exactLexeme(ownerKey: string, form: string): string {
  return `${ownerKey}:=${form}`;
}

/** A word's stem in a language (ISO 639-1). */
export function stemLexeme(ownerKey: string, language: string, stem: string): string {
  return `${ownerKey}:${language}~${stem}`;
}

/**
 * Marks a chunk in which a lexeme is prominent: in a heading, or often in the text. A search for a frequent word reads
 * these chunks first. The mark has no positions.
 */
export function prominentLexeme(lexeme: string): string {
  const colon = lexeme.indexOf(':') + 1;
  return `${lexeme.slice(0, colon)}^${lexeme.slice(colon)}`;
}

/** Number of different pair lexemes of an owner. Each stands in about 5 % of the chunks, for any words. */
const PAIRS = 4_096;

/**
 * Marks a chunk in which two words stand side by side, by a hash of both. A phrase of frequent words is searched in the
 * few chunks that have all its pairs. The mark has no positions.
 */
export function pairLexeme(ownerKey: string, first: string, second: string): string {
  return `${ownerKey}:"${(hashText(`${first} ${second}`) % PAIRS).toString(36)}`;
}

/** A lexeme in the text form of tsvector and tsquery. */
export function quoteLexeme(lexeme: string): string {
  return `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
