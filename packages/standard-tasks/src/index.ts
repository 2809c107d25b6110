// Definitions
export { demoBurn } from './definitions/demo-burn.ts';
export { demoCount } from './definitions/demo-count.ts';
export { demoText } from './definitions/demo-text.ts';
export { chunkingFields, documentCoverageSchema, documentIngest } from './definitions/document-ingest.ts';
export type { DocumentCoverage } from './definitions/document-ingest.ts';
export { standardTasks } from './definitions/standard-tasks.ts';

// Answers of the procedures
export type { Correction, SearchAnswer, SearchHit, SearchRequest, SnippetPart } from '@taskwire/documents';
export type { Document, DocumentPage, PagePiece, PageText, StandardRouter } from './server/index.ts';

// Words for people
export { countPages, coverageWords, isFullyCovered, languageWords, placeWords } from './words/document-words.ts';
export type { PageRange, TextPlace } from './words/document-words.ts';
export { searchRemarks } from './words/search-remarks.ts';
