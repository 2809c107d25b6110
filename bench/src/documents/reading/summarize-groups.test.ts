import { describe, expect, it } from 'vitest';
import type { CorpusDocument } from '../corpus/corpus-document.ts';
import { judgeDocument } from './judged-document.ts';
import type { ReadDocument } from './read-document.ts';
import { summarizeGroups } from './summarize-groups.ts';

const content = { make: () => new Uint8Array() };

function read(text: string, more: Partial<ReadDocument> = {}): ReadDocument {
  const timing = { seconds: 2, slowestGapSeconds: 0.5 };
  return { outcome: 'done', mediaType: 'text/plain', text, pages: 4, warnings: [], ...timing, ...more };
}

function judged(document: Partial<CorpusDocument>, reading: ReadDocument, pdfText?: string) {
  const whole = { name: 'a.txt', group: 'text', content, ...document };
  return judgeDocument(whole, { read: reading, bytes: 1_024 * 1_024, pdfText });
}

describe('judgeDocument', () => {
  it('compares with the known source before it compares with pdftotext', () => {
    const document = judged({ text: 'known words' }, read('known'), 'other text');
    expect(document).toMatchObject({ reference: 'source', words: 2, recall: 0.5, missing: ['words'] });
    expect(judged({}, read('other'), 'other text')).toMatchObject({ reference: 'pdftotext', recall: 0.5 });
    expect(judged({}, read('other')).reference).toBeUndefined();
  });

  it('counts a refused document with text as lost, and as unexpected if it had to be read', () => {
    const refused = read('half', { outcome: 'DOCUMENT_UNREADABLE' });
    expect(judged({ text: 'half read', expected: 'done' }, refused)).toMatchObject({ recall: 0, isExpected: false });
    expect(judged({ text: '', expected: 'DOCUMENT_UNREADABLE' }, refused)).toMatchObject({ isExpected: true });
  });

  it('names words that are no part of the text', () => {
    expect(judged({ text: 'red', absent: ['31m', '0m'] }, read('31m red')).wrong).toEqual(['31m']);
  });
});

describe('summarizeGroups', () => {
  it('weighs recall by words, and counts refusals by their code', () => {
    const documents = [
      judged({ text: 'one two three four' }, read('one two three', { peakMemoryMib: 90 })),
      judged({ text: 'five' }, read('five', { slowestGapSeconds: 1.5, peakMemoryMib: 70 })),
      judged({ text: 'six' }, read('', { outcome: 'DOCUMENT_EMPTY' })),
      judged({ group: 'PDF' }, read('x')),
    ];
    expect(summarizeGroups(documents)).toEqual([
      {
        group: 'text',
        documents: 3,
        done: 2,
        refused: 'DOCUMENT_EMPTY 1',
        words: 6,
        recall: 4 / 6,
        withText: 3,
        lossy: 2,
        pages: 8,
        pagesPerSecond: 2,
        mebibytesPerSecond: 0.5,
        peakMemoryMib: 90,
        slowestGapSeconds: 1.5,
      },
      expect.objectContaining({ group: 'PDF', documents: 1, refused: 'none', words: 0, withText: 0, lossy: 0 }),
    ]);
  });
});
