import type { DocumentDatabase } from '../database/document-database.ts';
import { documentLanguages } from '../languages/document-languages.ts';
import { Stemmer } from '../languages/stemmer.ts';
import { indexedChunks } from '../terms/indexed-chunks.ts';
import { insertChunks } from '../terms/insert-chunks.ts';
import { rememberTerms, vocabularyOf } from '../vocabulary/vocabulary.ts';

/** A chunk of a test's document, on page 1 by default. */
export interface TestChunk {
  text: string;
  page?: number;
  lastPage?: number;
  pageStarts?: readonly number[];
  overlap?: number;
  heading?: string;
  headingPath?: readonly string[];
}

/** A test's document. */
export interface TestDocument {
  ownerId: string;
  fileName?: string;
  taskId?: string;
  /** Absent: the last page of its chunks. */
  pages?: number;
  pageLabels?: Readonly<Record<string, string>>;
  chunks: readonly TestChunk[];
}

async function* once<Item>(item: Item): AsyncGenerator<Item, void> {
  yield await Promise.resolve(item);
}

/**
 * Stores a document with its chunks and words, searchable like those of a worker.
 * @returns its id.
 */
export async function storeDocument(database: DocumentDatabase, document: TestDocument): Promise<string> {
  const { ownerId, fileName = 'a.txt', taskId, pageLabels, chunks } = document;
  const numbered = chunks.map((chunk, ordinal) => ({ page: 1, ...chunk, ordinal }));
  const languages = await documentLanguages(once(numbered));
  const pages = document.pages ?? Math.max(1, ...numbered.map(({ page, lastPage }) => lastPage ?? page));
  const { id: documentId } = await database.document.create({
    data: {
      ...{ ownerId, fileName, mediaType: 'text/plain', pages, characters: 1, languages, warnings: [] },
      ...(taskId === undefined ? {} : { taskId }),
      ...(pageLabels === undefined ? {} : { pageLabels }),
    },
  });
  const rows = await indexedChunks(numbered, { ownerId, languages, stemmer: new Stemmer(database) });
  await insertChunks(
    database,
    rows.map((row) => ({ ...row, documentId })),
  );
  await rememberTerms(database, { ownerId, forms: chunks.flatMap((chunk) => [...vocabularyOf(chunk)]) });
  return documentId;
}
