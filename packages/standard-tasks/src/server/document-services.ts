import type { Ports } from '@taskwire/router';
import type { DocumentSearch } from './document-search.ts';
import type { DocumentStore } from './document-store.ts';

/** Services for the procedures of documents, besides the ports of every server. */
export interface DocumentServices {
  search: DocumentSearch;
  store: DocumentStore;
}

/** The same services for the calls of one caller: each use of the database waits for the caller's turn. */
export function inTurns({ search, store }: DocumentServices, ports: Pick<Ports, 'inTurn'>): DocumentServices {
  return {
    search: { search: (request) => ports.inTurn(() => search.search(request)) },
    store: {
      find: (documentId) => ports.inTurn(() => store.find(documentId)),
      list: (query) => ports.inTurn(() => store.list(query)),
      page: (documentId, from) => ports.inTurn(() => store.page(documentId, from)),
      readers: (document) => ports.inTurn(() => store.readers(document)),
      delete: (documentId) => ports.inTurn(() => store.delete(documentId)),
    },
  };
}
