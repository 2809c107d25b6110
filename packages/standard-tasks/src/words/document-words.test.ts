import { describe, expect, it } from 'vitest';
import { coverageWords, isFullyCovered, languageWords, placeWords } from './document-words.ts';

describe('placeWords', () => {
  it('names a page, a run of pages, and a page by its label', () => {
    expect(placeWords({ page: 3 })).toBe('page 3');
    expect(placeWords({ page: 3, lastPage: 4 })).toBe('pages 3–4');
    expect(placeWords({ page: 6, lastPage: 6, pageLabel: 'iv' })).toBe('page iv (no. 6 of the file)');
  });
});

describe('languageWords', () => {
  it('names languages in English, and keeps an unknown code', () => {
    expect(languageWords(['de', 'el', 'zh'])).toBe('German, Greek, Chinese');
    expect(languageWords(['not a code'])).toBe('not a code');
    expect(languageWords([])).toBe('');
  });
});

describe('coverageWords', () => {
  const whole = { pagesWithText: 12, pagesWithoutText: [], pagesUnreadable: [] };

  it('counts the pages that hold text', () => {
    expect(coverageWords(whole)).toBe('12 of 12 pages hold text');
    expect(coverageWords({ ...whole, pagesWithText: 1 })).toBe('1 of 1 page holds text');
  });

  it('names the pages without text and those that could not be read', () => {
    const coverage = {
      pagesWithText: 1,
      pagesWithoutText: [
        { from: 2, to: 8 },
        { from: 10, to: 10 },
      ],
      pagesUnreadable: [{ from: 9, to: 9 }],
    };
    expect(coverageWords(coverage)).toBe('1 of 10 pages hold text; no text on pages 2–8, 10; unreadable: page 9');
    expect([isFullyCovered(coverage), isFullyCovered(whole)]).toEqual([false, true]);
  });

  it('stays short if every other page is empty', () => {
    const pagesWithoutText = Array.from({ length: 500 }, (_, index) => ({ from: 2 * index + 1, to: 2 * index + 1 }));
    const words = coverageWords({ pagesWithText: 500, pagesWithoutText, pagesUnreadable: [] });
    expect(words).toBe('500 of 1,000 pages hold text; no text on pages 1, 3, 5, 7, 9, 11, 13, 15 and 492 more');
  });
});
