/** A part of an extract. `match` parts are the question's matches. */
export interface SnippetPart {
  text: string;
  match: boolean;
}

/** A passage of a document that a question found. */
export interface SearchHit {
  documentId: string;
  /** The task that read the document last. Absent after that task's deletion. */
  taskId?: string;
  fileName: string;
  /** The page of the passage, 1-based. A document without pages has one. */
  page: number;
  /** The page on which the passage ends, if it is another page. */
  lastPage?: number;
  /** The page's name in the document's own numbering, if it differs: `iv`. */
  pageLabel?: string;
  heading?: string;
  /** The headings above `heading`, outermost first. */
  headingPath?: string[];
  /** The chunk's number in its document, from 0. */
  ordinal: number;
  /** Higher is better. Comparable only within one answer. */
  rank: number;
  /** ISO 639-1 code of the passage's language, if it is known. */
  language?: string;
  /** An extract of at most 300 characters, as parts in order. An ellipsis stands where the text continues. */
  snippet: SnippetPart[];
}

/** A word of a question that none of the documents has, and the word that was searched in its place. */
export interface Correction {
  word: string;
  readAs: string;
}

/** The answer of a search. */
export interface SearchAnswer {
  /** Best first. One for each page: its best passage. In one document without pages, one for each chunk. */
  hits: SearchHit[];
  /** Present if words were corrected. */
  corrected?: Correction[];
  /** `any-word`: no passage has all words, and the hits have some of them. Absent: every hit has all. */
  matched?: 'any-word';
}

/** A question about an owner's documents. */
export interface SearchRequest {
  ownerId: string;
  /** In the syntax of web search engines: `words "a phrase" -without either OR other begin*`. */
  query: string;
  /** Only this document. */
  documentId?: string | undefined;
  /** Only the document that this task read last. */
  taskId?: string | undefined;
  /** Only these pages, 1-based, both included. */
  pages?: { from?: number | undefined; to?: number | undefined } | undefined;
  /** Largest number of hits. */
  limit: number;
}
