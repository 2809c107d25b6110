import { expect, it } from 'vitest';
import { parseRoute, type DocumentRoute } from '../page/route.ts';
import { pageLinks, turnedTo } from './page-links.ts';

const route: DocumentRoute = { page: 'document', documentId: 'a', pageNumber: 2, ordinal: 7, query: 'rivers' };

it('links lead to the neighbouring pages, keep the search, and mark no hit', () => {
  const { previous, next } = pageLinks(route, 3);
  expect(parseRoute(previous.href ?? '')).toEqual({
    page: 'document',
    documentId: 'a',
    pageNumber: 1,
    query: 'rivers',
  });
  expect(parseRoute(next.href ?? '')).toEqual(turnedTo(route, 3));
});

it('the first and the last page have no neighbour outside of the document', () => {
  expect(pageLinks({ ...route, pageNumber: 1 }, 3).previous.href).toBeUndefined();
  expect(pageLinks({ ...route, pageNumber: 3 }, 3).next.href).toBeUndefined();
});
