import type { SearchAnswer, SearchRequest } from '@taskwire/documents';

export interface DocumentSearch {
  /** Searches only documents of `ownerId`. Every text is a question; signs alone find nothing. */
  search(request: SearchRequest): Promise<SearchAnswer>;
}
