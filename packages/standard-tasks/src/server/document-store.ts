import type { ListPosition } from '@taskwire/router';
import type { DocumentCoverage } from '../definitions/document-ingest.ts';

/** A document as it is kept in PostgreSQL. Times are milliseconds since 1970. */
export interface StoredDocument {
  documentId: string;
  ownerId: string;
  fileName: string;
  mediaType: string;
  /** Bytes of the stored file; absent if that is gone. */
  sizeBytes?: number;
  /** The stored file; absent if it is gone. */
  uploadId?: string;
  /** The task that read the file last; absent once that task is deleted. */
  taskId?: string;
  pages: number;
  characters: number;
  /** ISO 639-1 codes, most frequent first. */
  languages: string[];
  /** Pages with and without text; absent for formats without pages. */
  coverage?: DocumentCoverage;
  /** Findings of the reader for the owner, as sentences. */
  warnings: string[];
  createdAt: number;
  /** Time of the last reading. */
  updatedAt: number;
}

/** A stretch of a page's text: the part of one chunk that stands on the page and in no earlier chunk. It may be empty. */
export interface PagePiece {
  /** The number of its chunk in the document, from 0: hits of a search name it. */
  ordinal: number;
  heading?: string;
  /** The headings above `heading`, outermost first. */
  headingPath?: string[];
  text: string;
  /** Whether the text goes on where the piece before ends, in the same paragraph unless white space says otherwise. */
  isContinuation: boolean;
  /** Length of the page's text before it (UTF-16 units) that its chunk holds, too; absent: 0. */
  repeated?: number;
}

/** Pieces of one page. */
export interface DocumentPage {
  /** The page's name in the document's own numbering, where that differs: `iv`. */
  pageLabel?: string;
  /** Whether text of the page stands before the first piece, in chunks before `fromOrdinal`; absent: it does not. */
  hasEarlier?: true;
  pieces: PagePiece[];
  /** The chunk with which the rest of the page begins; absent: this is the end of it. */
  nextOrdinal?: number;
}

/** Documents and their text. */
export interface DocumentStore {
  find(documentId: string): Promise<StoredDocument | undefined>;
  /** Newest first, at most `limit` of them. */
  list(query: { ownerId: string; after?: ListPosition; limit: number }): Promise<StoredDocument[]>;
  /** The pieces of at most `limit` chunks of a page (1-based) in order, from the chunk `fromOrdinal` on. */
  page(documentId: string, from: { page: number; fromOrdinal: number; limit: number }): Promise<DocumentPage>;
  /** Ids of unfinished tasks that read the document's file, or a file with the same content, or that replace it. */
  readers(document: StoredDocument): Promise<string[]>;
  /**
   * Deletes a document with its chunks and its words. The ended tasks that read it use its files no longer. May be repeated.
   * @returns the uploads that it and these tasks used.
   * @throws TaskwireError SERVICE_UNAVAILABLE while a task writes the document.
   */
  delete(documentId: string): Promise<{ uploadIds: string[] }>;
}
