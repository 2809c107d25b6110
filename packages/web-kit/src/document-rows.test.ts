import { describe, expect, it } from 'vitest';
import { documentBadge, documentDetail } from './document-rows.ts';

const now = 1_800_000_000_000;
const document = { pages: 12, sizeBytes: 1_572_864, languages: ['de'], warnings: [], updatedAt: now - 180_000 };

describe('documentDetail', () => {
  it('says pages, languages, size and age', () => {
    expect(documentDetail(document, now)).toBe('12 pages · German · 1.5 MB · 3 min ago');
  });

  it('leaves out unknown languages, names three at most, and says that a file is gone', () => {
    const { sizeBytes: _, ...gone } = document;
    expect(documentDetail({ ...gone, pages: 1, languages: [] }, now)).toBe('1 page · the file is gone · 3 min ago');
    expect(documentDetail({ ...document, languages: ['de', 'fr', 'el', 'zh'] }, now)).toContain(
      'German, French, Greek ·',
    );
  });
});

describe('documentBadge', () => {
  it('counts pages without text before other notes', () => {
    const coverage = {
      pagesWithText: 1,
      pagesWithoutText: [{ from: 2, to: 9 }],
      pagesUnreadable: [{ from: 10, to: 10 }],
    };
    expect(documentBadge({ ...document, coverage, warnings: ['a', 'b'] })).toBe('9 pages without text');
    expect(documentBadge({ ...document, warnings: ['a', 'b'] })).toBe('2 notes');
    expect(documentBadge(document)).toBeUndefined();
  });
});
