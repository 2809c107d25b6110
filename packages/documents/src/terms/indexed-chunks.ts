import { languageAmong } from '../languages/document-languages.ts';
import type { Stemmer } from '../languages/stemmer.ts';
import { SEARCH_VERSION } from './lexemes.ts';
import { ownerKey } from './hashes.ts';
import { chunkTokens, searchVector, type IndexedText } from './search-vector.ts';

/** The columns that make a chunk's row searchable. */
export interface IndexTerms {
  /** ISO 639-1; null: unknown. */
  language: string | null;
  /** A tsvector in PostgreSQL's text form. */
  search: string;
  searchVersion: number;
}

/** The owner of the chunks, and the languages for their stems. */
export interface IndexingOptions {
  ownerId: string;
  /** Languages of the document, most frequent first; see `documentLanguages`. */
  languages: readonly string[];
  stemmer: Stemmer;
}

/** Adds the index columns to a batch of a document's chunks. It sends at most one statement to PostgreSQL. */
export async function indexedChunks<Chunk extends IndexedText>(
  chunks: readonly Chunk[],
  { ownerId, languages, stemmer }: IndexingOptions,
): Promise<(Chunk & IndexTerms)[]> {
  const parts = [];
  for (const chunk of chunks) {
    const language = await languageAmong(languages, chunk.text);
    parts.push({ chunk, language, tokens: chunkTokens(chunk) });
  }
  const stemsIn = await stemmer.stems(
    parts.flatMap(({ language, tokens }) =>
      language === undefined ? [] : [{ language, words: tokens.map(({ accented }) => accented) }],
    ),
  );
  const key = ownerKey(ownerId);
  return parts.map(({ chunk, language, tokens }) => ({
    ...chunk,
    language: language ?? null,
    search: searchVector(tokens, {
      ownerKey: key,
      language,
      stemsOf: (accented) => (language === undefined ? [] : stemsIn(language, accented)),
    }),
    searchVersion: SEARCH_VERSION,
  }));
}
