// The tables of documents.
export {
  createDocumentDatabase,
  type DocumentDatabase,
  type DocumentTransaction,
} from './database/document-database.ts';
export { migrateDocuments } from './database/migrate-documents.ts';
export { releaseUploads } from './database/release-uploads.ts';
export { Prisma as DocumentPrisma } from './generated/client.ts';
export type { Document, DocumentChunk } from './generated/client.ts';

// Reading: a file's text, section by section.
export { DocumentError, describeReadingFailure, TOO_COMPLEX } from './reading/document-error.ts';
export { cleanText } from './reading/clean-text.ts';
export { confined, probeConfinement } from './reading/box/starting/confinement.ts';
export { imagesInBox, readInBox, type BoxedDocument } from './reading/box/read-in-box.ts';
export { DEFAULT_LIMITS, limitExceeded, type ReadingLimits } from './reading/limits.ts';
export { parserOf } from './reading/parsers/index.ts';
export type { PageImage } from './reading/page-image.ts';
export {
  parsedPartSchema,
  sectionSchema,
  type Coverage,
  type ParsedPart,
  type Parser,
  type Section,
} from './reading/section.ts';

// Chunking: the pieces that search finds.
export { Chunker, chunkSchema, chunksOf, DEFAULT_OVERLAP, TEXT_VERSION, type Chunk } from './chunking/chunker.ts';

// Terms: the forms of a text in the index and in questions.
export { normalize } from './terms/normalize.ts';
export { questionTokens, tokenize, type Token } from './terms/tokenize.ts';
export { ownerKey } from './terms/hashes.ts';
export { exactLexeme, prominentLexeme, quoteLexeme, SEARCH_VERSION, stemLexeme } from './terms/lexemes.ts';
export { chunkTokens, searchVector, type IndexedText, type StemsOf } from './terms/search-vector.ts';
export { indexedChunks, type IndexTerms, type IndexingOptions } from './terms/indexed-chunks.ts';
export { insertChunks, type ChunkRow } from './terms/insert-chunks.ts';

// Languages: the languages of a document, and the stems of its words.
export { documentLanguages, LanguageTally } from './languages/document-languages.ts';
export { Stemmer, type StemsIn, type WordsOfLanguage } from './languages/stemmer.ts';

// Vocabulary: the words of an owner's documents, for misspelled questions.
export { DocumentWords } from './vocabulary/document-words.ts';
export { sweepVocabulary } from './vocabulary/sweep-vocabulary.ts';
export { forgetTerms, rememberTerms, similarTerms, vocabularyOf } from './vocabulary/vocabulary.ts';

// Search: questions and their answers.
export { DocumentFinder } from './search/search-documents.ts';
export type { Correction, SearchAnswer, SearchHit, SearchRequest, SnippetPart } from './search/search-answer.ts';
