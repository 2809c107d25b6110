import { describe, expect, it } from 'vitest';
import { documentRow } from './document-list.ts';

const now = 1_800_000_000_000;
const document = {
  documentId: '0b1c7f0e',
  fileName: 'manual.pdf',
  pages: 12,
  sizeBytes: 1_572_864,
  languages: ['de'],
  warnings: [],
  updatedAt: now - 180_000,
};

describe('documentRow', () => {
  it('has a link to the first page, and pages, languages, size and age', () => {
    expect(documentRow(document, now)).toEqual({
      href: '#/documents/0b1c7f0e',
      title: 'manual.pdf',
      badge: undefined,
      detail: '12 pages · German · 1.5 MB · 3 min ago',
    });
  });

  it('leaves out unknown languages, names three at most, and says that a file is gone', () => {
    const { sizeBytes: _, ...gone } = document;
    expect(documentRow({ ...gone, pages: 1, languages: [] }, now).detail).toBe('1 page · the file is gone · 3 min ago');
    expect(documentRow({ ...document, languages: ['de', 'fr', 'el', 'zh'] }, now).detail).toContain(
      'German, French, Greek ·',
    );
  });

  it('has a badge that counts pages without text, or else notes', () => {
    const coverage = {
      pagesWithText: 1,
      pagesWithoutText: [{ from: 2, to: 9 }],
      pagesUnreadable: [{ from: 10, to: 10 }],
    };
    expect(documentRow({ ...document, coverage, warnings: ['a', 'b'] }, now).badge).toBe('9 pages without text');
    expect(documentRow({ ...document, warnings: ['a', 'b'] }, now).badge).toBe('2 notes');
  });
});
