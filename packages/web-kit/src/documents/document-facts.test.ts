import { describe, expect, it } from 'vitest';
import { documentFacts, warningsRemark } from './document-facts.ts';

const scanned = {
  pages: 10,
  characters: 1_200,
  languages: ['de'],
  coverage: { pagesWithText: 1, pagesWithoutText: [{ from: 2, to: 10 }], pagesUnreadable: [] },
  warnings: ['9 of 10 pages hold no text: scans? Run text recognition (OCR=tesseract, or OCR_COMMAND)'],
};

describe('documentFacts', () => {
  it('names languages and coverage', () => {
    expect(documentFacts(scanned)).toEqual([
      { name: 'Pages', value: '10' },
      { name: 'Characters', value: '1,200' },
      { name: 'Language', value: 'German', isText: true },
      { name: 'Coverage', value: '1 of 10 pages hold text; no text on pages 2–10', isText: true },
    ]);
  });

  it('leaves out facts that the reader did not find', () => {
    expect(documentFacts({ pages: 1, characters: 3, languages: [] }).map(({ name }) => name)).toEqual([
      'Pages',
      'Characters',
    ]);
  });
});

describe('warningsRemark', () => {
  it('says that a part cannot be searched if pages have no text', () => {
    expect(warningsRemark(scanned)).toMatchObject({
      tone: 'warn',
      title: 'Not all of this document can be searched',
      items: scanned.warnings,
    });
  });

  it('lists other warnings as notes', () => {
    const coverage = { pagesWithText: 10, pagesWithoutText: [], pagesUnreadable: [] };
    const warnings = ['holds 1 attached file that was not read: a.xlsx'];
    expect(warningsRemark({ ...scanned, coverage, warnings })).toMatchObject({ title: 'Notes on this document' });
  });

  it('is undefined without warnings', () => {
    expect(warningsRemark({ ...scanned, warnings: [] })).toBeUndefined();
  });
});
