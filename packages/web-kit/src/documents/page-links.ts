import { formatRoute, type DocumentRoute } from '../page/route.ts';

/** A link to a neighbouring page of a document. */
export interface PageLink {
  text: string;
  /** The name for screen readers. */
  label: string;
  /** Undefined if the document has no such page. */
  href: string | undefined;
}

/** The links to the previous and the next page. `pages` is the number of pages of the document. */
export function pageLinks(route: DocumentRoute, pages: number): { previous: PageLink; next: PageLink } {
  const hrefOf = (pageNumber: number): string | undefined =>
    pageNumber >= 1 && pageNumber <= pages ? formatRoute(turnedTo(route, pageNumber)) : undefined;
  return {
    previous: { text: '← Previous', label: 'Previous page', href: hrefOf(route.pageNumber - 1) },
    next: { text: 'Next →', label: 'Next page', href: hrefOf(route.pageNumber + 1) },
  };
}

/** Another page of the same document with the same search, without a marked hit. */
export function turnedTo({ documentId, query }: DocumentRoute, pageNumber: number): DocumentRoute {
  return { page: 'document', documentId, pageNumber, query };
}
