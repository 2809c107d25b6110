import { DocumentFinder } from '@taskwire/documents';
import type { DocumentSearch } from '@taskwire/router';
import type { ApiDatabase } from './api-database.ts';

/** Search in PostgreSQL. The owner is part of the index, and checked with each row. */
export function createDocumentSearch(database: ApiDatabase): DocumentSearch {
  return new DocumentFinder(database);
}
