import { expect, test } from 'vitest';
import { searchRemarks } from './search-remarks.ts';

test('an answer with all words as they were typed needs no remark', () => {
  expect(searchRemarks({ hits: [] })).toEqual([]);
});

test('corrected words and words that are nowhere together are said', () => {
  const hit = { documentId: 'd', fileName: 'a.txt', page: 1, ordinal: 0, rank: 1, snippet: [] };
  const corrected = [{ word: 'brekthrogh', readAs: 'breakthrough' }];
  expect(searchRemarks({ hits: [hit], corrected, matched: 'any-word' })).toEqual([
    'Searched for “breakthrough”: “brekthrogh” is nowhere.',
    'No passage has all the words; these have some of them.',
  ]);
});
