import { expect, it } from 'vitest';
import { headingTrail, hitAddress, hitPlaceWords } from './hit-words.ts';
import { parseRoute } from '../page/route.ts';

const documentId = '0b1c7f0e-2f5e-4c52-9f0e-0a8f3a6c1d11';
const hit = { documentId, page: 6, lastPage: 7, heading: 'Rivers', headingPath: ['Part I', 'Water'], ordinal: 12 };

it('a hit leads to its page of the document, at its chunk', () => {
  const place = { page: 'document', documentId, pageNumber: 6, ordinal: 12 };
  expect(parseRoute(hitAddress(hit))).toEqual({ ...place, query: '' });
  expect(parseRoute(hitAddress(hit, 'old rivers'))).toEqual({ ...place, query: 'old rivers' });
});

it('a hit of an older server leads to its task', () => {
  expect(parseRoute(hitAddress({ taskId: documentId, page: 6, ordinal: 12 }))).toMatchObject({ page: 'task' });
});

it('a hit names its pages and its headings, outermost first', () => {
  expect(hitPlaceWords(hit)).toBe('Pages 6–7');
  expect(hitPlaceWords({ page: 6, ordinal: 12, pageLabel: 'iv' })).toBe('Page iv (no. 6 of the file)');
  expect(headingTrail(hit)).toBe('Part I › Water › Rivers');
  expect(headingTrail({})).toBe('');
});
