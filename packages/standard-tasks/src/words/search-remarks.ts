import type { SearchAnswer } from '@taskwire/documents';

/** Remarks on an answer beside its hits, one sentence each: corrected words, and words that no passage has together. */
export function searchRemarks({ corrected = [], matched, hits }: SearchAnswer): string[] {
  const corrections = corrected.map(({ word, readAs }) => `Searched for “${readAs}”: “${word}” is nowhere.`);
  const isLoose = matched === 'any-word' && hits.length > 0;
  return [...corrections, ...(isLoose ? ['No passage has all the words; these have some of them.'] : [])];
}
