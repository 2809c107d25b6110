import { parseStatusFilter, type StatusFilter } from './status-filter.ts';

/** Where in the app the reader is. Kept in the address behind the #, so that a reload comes back to it. */
export type Route =
  | { page: 'tasks'; filter: StatusFilter }
  /** `query` is what is looked for in this task's document; empty for nothing. */
  | { page: 'task'; taskId: string; query: string }
  | { page: 'search'; query: string }
  | { page: 'documents' }
  | DocumentRoute
  | { page: 'unknown' };

/** A page of a document's text. */
export interface DocumentRoute {
  page: 'document';
  documentId: string;
  /** The page of the document, 1-based. */
  pageNumber: number;
  /** The chunk that a search found, by its number in the document; absent: none. */
  ordinal?: number;
  /** The question for this document; empty: none. */
  query: string;
}

/**
 * Reads an address: `#/`, `#/?status=done`, `#/tasks/<id>?q=words`, `#/search?q=words`, `#/documents`,
 * `#/documents/<id>?page=3&chunk=12&q=words`.
 */
export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#/, '').split('?', 2);
  const parameters = new URLSearchParams(search);
  const [, folder = '', id] = /^\/(\w*)(?:\/([\w-]+))?$/.exec(path === '' ? '/' : path) ?? [undefined, 'unknown'];
  return (id === undefined ? parseOverview(folder, parameters) : parseItem(folder, id, parameters)) ?? UNKNOWN;
}

const UNKNOWN: Route = { page: 'unknown' };

function parseOverview(folder: string, parameters: URLSearchParams): Route | undefined {
  if (folder === '') return { page: 'tasks', filter: parseStatusFilter(parameters.get('status')) };
  if (folder === 'search') return { page: 'search', query: parameters.get('q') ?? '' };
  return folder === 'documents' ? { page: 'documents' } : undefined;
}

function parseItem(folder: string, id: string, parameters: URLSearchParams): Route | undefined {
  if (folder === 'tasks') return { page: 'task', taskId: id, query: parameters.get('q') ?? '' };
  return folder === 'documents' ? parseDocumentRoute(id, parameters) : undefined;
}

function parseDocumentRoute(documentId: string, parameters: URLSearchParams): DocumentRoute {
  const pageNumber = Math.max(1, wholeNumber(parameters.get('page')) ?? 1);
  const ordinal = wholeNumber(parameters.get('chunk'));
  const query = parameters.get('q') ?? '';
  return { page: 'document', documentId, pageNumber, query, ...(ordinal === undefined ? {} : { ordinal }) };
}

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** The address of a route, to be put into a link: the reverse of `parseRoute`. */
export function formatRoute(route: Route): string {
  switch (route.page) {
    case 'tasks':
      return `#/${parametersOf(route.filter === 'all' ? {} : { status: route.filter })}`;
    case 'task':
      return `#/tasks/${route.taskId}${parametersOf(route.query === '' ? {} : { q: route.query })}`;
    case 'search':
      return `#/search${parametersOf(route.query === '' ? {} : { q: route.query })}`;
    case 'documents':
      return '#/documents';
    case 'document':
      return `#/documents/${route.documentId}${parametersOf(documentParameters(route))}`;
    case 'unknown':
      return '#/';
    default:
      return route satisfies never;
  }
}

function documentParameters({ pageNumber, ordinal, query }: DocumentRoute): Record<string, string> {
  return {
    ...(pageNumber === 1 ? {} : { page: String(pageNumber) }),
    ...(ordinal === undefined ? {} : { chunk: String(ordinal) }),
    ...(query === '' ? {} : { q: query }),
  };
}

function parametersOf(values: Record<string, string>): string {
  const text = new URLSearchParams(values).toString();
  return text === '' ? '' : `?${text}`;
}
