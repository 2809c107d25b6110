import { describe, expect, it } from 'vitest';
import { formatRoute, navigationLinks, parseRoute, type Route } from './route.ts';

const taskId = '0b1c7f0e-2f5e-4c52-9f0e-0a8f3a6c1d11';

describe('parseRoute', () => {
  const routes: Route[] = [
    { page: 'tasks', filter: 'all' },
    { page: 'tasks', filter: 'failed' },
    { page: 'task', taskId, query: '' },
    { page: 'task', taskId, query: 'C++ & "exact words" #1?' },
    { page: 'search', query: '' },
    { page: 'search', query: 'größe 100 %' },
    { page: 'documents' },
    { page: 'document', documentId: taskId, pageNumber: 1, query: '' },
    { page: 'document', documentId: taskId, pageNumber: 12, ordinal: 0, query: 'größe' },
  ];

  it.each(routes)('reads back what formatRoute wrote: %o', (route) => {
    expect(parseRoute(formatRoute(route))).toEqual(route);
  });

  it('reads an empty address as the list of all tasks', () => {
    expect(parseRoute('')).toEqual({ page: 'tasks', filter: 'all' });
  });

  it.each(['#/nowhere', '#/tasks', '#/tasks/a/b', '#/tasks/<script>', '#/search/x', '#/documents/a/b'])(
    'gives `unknown` for an address without a page: %s',
    (hash) => {
      expect(parseRoute(hash)).toEqual({ page: 'unknown' });
    },
  );

  it.each(['page=0', 'page=-3', 'page=x', 'page=1e3', 'page=99999999999', 'chunk=-1', ''])(
    'opens the first page of a document, without a chunk, if the address has no valid number: %s',
    (parameters) => {
      expect(parseRoute(`#/documents/${taskId}?${parameters}`)).toEqual({
        page: 'document',
        documentId: taskId,
        pageNumber: 1,
        query: '',
      });
    },
  );

  it('reads an unknown filter as all tasks', () => {
    expect(parseRoute('#/?status=nonsense')).toEqual({ page: 'tasks', filter: 'all' });
  });
});

describe('navigationLinks', () => {
  it('marks the section of the current page', () => {
    const currentOf = (route: Route) =>
      navigationLinks(route).flatMap(({ text, isCurrent }) => (isCurrent ? [text] : []));
    expect(currentOf({ page: 'tasks', filter: 'failed' })).toEqual(['Tasks']);
    expect(currentOf({ page: 'document', documentId: taskId, pageNumber: 1, query: '' })).toEqual(['Documents']);
    expect(currentOf({ page: 'task', taskId, query: '' })).toEqual([]);
  });
});
