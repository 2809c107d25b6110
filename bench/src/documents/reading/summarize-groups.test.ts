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
  const readFacts = () => Promise.resolve({ hasUnmappedFont: true, shownShare: 1 });
  return judgeDocument(whole, { read: reading, bytes: 1_024 * 1_024, pdfText, readFacts });
}

describe('judgeDocument', () => {
  it('compares with the known source before it compares with pdftotext', async () => {
    const document = await judged({ text: 'known words' }, read('known'), 'other text');
    expect(document).toMatchObject({ reference: 'source', words: 2, recall: 0.5, missing: ['words'] });
    expect(await judged({}, read('other'), 'other text')).toMatchObject({ reference: 'pdftotext', recall: 0.5 });
    expect((await judged({}, read('other'))).reference).toBeUndefined();
  });

  it('counts a refused document with text as lost, and as unexpected if it had to be read', async () => {
    const refused = read('half', { outcome: 'DOCUMENT_UNREADABLE' });
    expect(await judged({ text: 'half read', expected: 'done' }, refused)).toMatchObject({
      recall: 0,
      isExpected: false,
      lossKind: 'refused',
    });
    expect(await judged({ text: '', expected: 'DOCUMENT_UNREADABLE' }, refused)).toMatchObject({ isExpected: true });
  });

  it('counts lost words and lost characters apart, and names the kind of each lossy document', async () => {
    expect(await judged({ text: 'lighthouse keeper' }, read('light house kee per'))).toMatchObject({
      recall: 0,
      characterRecall: 1,
      lossKind: 'the same characters, divided into other words',
    });
    const cells = await judged({ text: 'one two' }, read('two one'));
    expect(cells).toMatchObject({ recall: 1, characterRecall: 1 });
    expect(cells.lossKind).toBeUndefined();
    expect(await judged({ text: 'qrwlfh' }, read('notice'))).toMatchObject({
      lossKind: 'a font has no map to Unicode',
    });
  });

  it('names words that are no part of the text', async () => {
    expect((await judged({ text: 'red', absent: ['31m', '0m'] }, read('31m red'))).wrong).toEqual(['31m']);
  });
});

describe('summarizeGroups', () => {
  it('weighs recall by words, and counts refusals by their code', async () => {
    const documents = await Promise.all([
      judged({ text: 'one two three four' }, read('one two three', { peakMemoryMib: 90 })),
      judged({ text: 'five' }, read('five', { slowestGapSeconds: 1.5, peakMemoryMib: 70 })),
      judged({ text: 'six' }, read('', { outcome: 'DOCUMENT_EMPTY' })),
      judged({ group: 'PDF' }, read('x')),
    ]);
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
        lossyCharacters: 2,
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
