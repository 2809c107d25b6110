// What the types of the published package say: no type of Prisma. At run time, it exports the names of index.ts too, which
// the other packages of Taskwire use.

// Migrations
export { migrateDocuments } from './database/migrate-documents.ts';

// Reading: a file's text, section by section.
export { DocumentError } from './reading/document-error.ts';
export { cleanText } from './reading/clean-text.ts';
export { DEFAULT_LIMITS, type ReadingLimits } from './reading/limits.ts';

// Chunking: the pieces that search finds.
export { Chunker, chunksOf, DEFAULT_OVERLAP, TEXT_VERSION, type Chunk } from './chunking/chunker.ts';

// Answers of a search
export type { Correction, SearchAnswer, SearchHit, SearchRequest, SnippetPart } from './search/search-answer.ts';

/**
 * The access to the tables of documents. Other packages of Taskwire know more of it; a team only passes it on.
 */
export interface DocumentDatabase {
  /** Closes the pool. */
  $disconnect(): Promise<void>;
}
