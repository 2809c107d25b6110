/** A passage of a document that a question found. */
export interface SearchHit {
  documentId: string;
  /** The task that read the document last; absent once that task is deleted. */
  taskId?: string;
  fileName: string;
  /** 1-based: the page of the passage. A document without pages has one. */
  page: number;
  /** The page on which the passage ends, where that is another. */
  lastPage?: number;
  /** The page's name in the document's own numbering, where that differs: `iv`. */
  pageLabel?: string;
  heading?: string;
  /** The headings above `heading`, outermost first. */
  headingPath?: string[];
  /** The chunk's number in its document, from 0. */
  ordinal: number;
  /** Higher is better; comparable within one answer only. */
  rank: number;
  /** ISO 639-1 code of the passage's language, where it is known. */
  language?: string;
  /**
   * An extract of at most 300 characters as parts in order. `match` parts are what the question found; an ellipsis
   * stands where the text goes on.
   */
  snippet: { text: string; match: boolean }[];
}

/** A word of a question that stands in none of the documents, and the word of them that was searched for instead. */
export interface Correction {
  word: string;
  readAs: string;
}

/** The answer of a search. */
export interface SearchAnswer {
  /** Best first. One for each page: its best passage. In one document without pages: one for each chunk. */
  hits: SearchHit[];
  /** Present if words were taken for misspelled. */
  corrected?: Correction[];
  /** `any-word`: no passage has all words, so these have some of them. Absent: every hit has all. */
  matched?: 'any-word';
}

/** A question about an owner's documents. */
export interface SearchRequest {
  ownerId: string;
  /** In the syntax of web search engines: `words "a phrase" -without either OR other begin*`. */
  query: string;
  /** Only this document. */
  documentId?: string;
  /** Only the document that this task has read last. */
  taskId?: string;
  /** Only these pages, 1-based, both included. */
  pages?: { from?: number; to?: number };
  /** Most hits. */
  limit: number;
}

export interface DocumentSearch {
  /** Only documents of `ownerId` are looked at. Every text is a question; signs alone find nothing. */
  search(request: SearchRequest): Promise<SearchAnswer>;
}
