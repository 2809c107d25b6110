import { router } from '@taskwire/router';
import type { DocumentServices } from '../document-services.ts';
import { page } from './page.ts';
import { replace } from './replace.ts';
import { search } from './search.ts';
import { deleteOne, get, list } from './stored-documents.ts';

/** The procedures `document.*` of a server, for `procedures` of `createAppRouter`. */
export function documentProcedures(services: DocumentServices) {
  return {
    document: router({
      search: search(services),
      list: list(services),
      get: get(services),
      page: page(services),
      replace: replace(services),
      delete: deleteOne(services),
    }),
  };
}
