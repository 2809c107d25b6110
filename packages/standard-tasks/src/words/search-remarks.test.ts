import { expect, test } from 'vitest';
import { searchRemarks } from './search-remarks.ts';

test('an answer that has all words as typed gets no remark', () => {
  expect(searchRemarks({ hits: [] })).toEqual([]);
});

test('remarks name corrected words, and say that no passage has all words', () => {
  const hit = { documentId: 'd', fileName: 'a.txt', page: 1, ordinal: 0, rank: 1, snippet: [] };
  const corrected = [{ word: 'brekthrogh', readAs: 'breakthrough' }];
  expect(searchRemarks({ hits: [hit], corrected, matched: 'any-word' })).toEqual([
    'Searched for “breakthrough”: “brekthrogh” is nowhere.',
    'No passage has all the words; these have some of them.',
  ]);
});
