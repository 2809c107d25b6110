/** A piece of a document that a query found. */
export interface SearchHit {
  taskId: string;
  fileName: string;
  /** 1-based. */
  page: number;
  heading?: string;
  /** The piece's number in its document, from 0. */
  ordinal: number;
  /** Higher is better; comparable within one answer only. */
  rank: number;
  /** An extract as parts in order; concatenated they are the text. `match` parts are what the query found. */
  snippet: { text: string; match: boolean }[];
}

export interface DocumentSearch {
  /** Best first. Only documents of `ownerId` are looked at. `query` is in the syntax of web search engines. */
  search(request: { ownerId: string; query: string; taskId?: string; limit: number }): Promise<SearchHit[]>;
}
