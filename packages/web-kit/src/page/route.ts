import { parseStatusFilter, type StatusFilter } from '../lists/status-filter.ts';

/** The page of the app that the reader sees. The fragment (#) of the address holds it, so a reload opens it again. */
export type Route =
  | { page: 'tasks'; filter: StatusFilter }
  /** `query` searches the document of this task; empty: no search. */
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
  /** The number (from 0) of the chunk that a search found; absent: none. */
  ordinal?: number;
  /** The search within this document; empty: none. */
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

/** The address of a route for a link: the reverse of `parseRoute`. */
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

/** A link of the main navigation. */
export interface NavigationLink {
  text: string;
  href: string;
  isCurrent: boolean;
}

/** The main navigation. The page of a document belongs to Documents. */
export function navigationLinks(current: Route): NavigationLink[] {
  const section = current.page === 'document' ? 'documents' : current.page;
  const link = (text: string, to: Route) => ({ text, href: formatRoute(to), isCurrent: to.page === section });
  return [
    link('Tasks', { page: 'tasks', filter: 'all' }),
    link('Documents', { page: 'documents' }),
    link('Search', { page: 'search', query: '' }),
  ];
}
