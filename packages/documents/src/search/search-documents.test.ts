import type { SearchHit, SearchRequest } from './search-answer.ts';
import { createTestDatabase, type TestDatabase } from '@taskwire/test-kit/vitest';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDocumentDatabase, type DocumentDatabase } from '../database/document-database.ts';
import { migrateDocuments } from '../database/migrate-documents.ts';
import { storeDocument, type TestDocument } from '../testing/store-document.ts';
import { DocumentFinder } from './search-documents.ts';

let scratch: TestDatabase;
let database: DocumentDatabase;
let finder: DocumentFinder;

beforeAll(async () => {
  scratch = await createTestDatabase();
  await migrateDocuments(scratch);
  database = createDocumentDatabase({ connectionString: scratch.databaseUrl });
  finder = new DocumentFinder(database);
});

afterAll(async () => {
  await database.$disconnect();
  await scratch.drop();
});

let owners = 0;

/** A new owner's documents, one for each list of chunks. */
async function library(...documents: (Omit<TestDocument, 'ownerId'> | string)[]) {
  owners += 1;
  const ownerId = `owner ${owners}`;
  const ids: string[] = [];
  for (const document of documents) {
    const given = typeof document === 'string' ? { chunks: [{ text: document }] } : document;
    ids.push(await storeDocument(database, { ...given, ownerId }));
  }
  const ask = (query: string, more: Partial<SearchRequest> = {}) =>
    finder.search({ ownerId, query, limit: 10, ...more });
  return {
    ids,
    ask,
    /** The marked words of the hits. */
    marks: async (query: string, more: Partial<SearchRequest> = {}) => (await ask(query, more)).hits.map(marksOf),
    documents: async (query: string, more: Partial<SearchRequest> = {}) =>
      (await ask(query, more)).hits.map(({ documentId }) => ids.indexOf(documentId)),
  };
}

function marksOf({ snippet }: SearchHit): string {
  return snippet.flatMap(({ text, match }) => (match ? [text] : [])).join(', ');
}

const harbour = 'The harbour master keeps the lamps of the northern quay burning while the ferries are waiting.';
const mill = 'To be or not to be a miller: that was the question of the old man beside the river mill.';
const handbook =
  'A handbook of rivers, handed out by the hand of the master; see /etc/postgresql/15/postgresql.conf too.';

describe('a search', () => {
  it('finds words in any form and any order, and marks them', async () => {
    const { marks, documents } = await library(harbour, mill, handbook);
    expect(await documents('ferry lamp')).toEqual([0]);
    expect(await marks('ferry LAMP')).toEqual(['lamps, ferries']);
    expect(await documents('river')).toHaveLength(2);
  });

  it('ignores function words, unless there are no others', async () => {
    const { documents, ask } = await library(harbour, mill, handbook);
    expect(await documents('what is the question of the miller')).toEqual([1]);
    expect(await documents('was not to be')).toEqual([1]);
    expect(await ask('was not to be')).not.toHaveProperty('matched');
  });

  it('finds a phrase in its exact words, including function words', async () => {
    const { documents } = await library(harbour, mill, handbook);
    expect(await documents('"to be or not to be"')).toEqual([1]);
    expect(await documents('“the northern quay”')).toEqual([0]);
    expect(await documents('"quay northern"')).toEqual([]);
    expect(await documents('"northern quays"')).toEqual([]);
  });

  it('leaves out excluded words', async () => {
    const { documents } = await library(harbour, mill, handbook);
    expect((await documents('master')).toSorted()).toEqual([0, 2]);
    expect(await documents('master -ferry')).toEqual([2]);
    expect(await documents('master -"northern quay"')).toEqual([2]);
    expect(await documents('-master')).toEqual([]);
  });

  it('leaves out the page of an excluded word, and not the other pages of its chunk', async () => {
    const text = 'A gull on page one. The gulls and lamps of page two. A gull again, on page three.';
    const pageStarts = [text.indexOf('The gulls'), text.indexOf('A gull again')];
    const { ask } = await library({ pages: 3, chunks: [{ page: 1, lastPage: 3, pageStarts, text }] }, 'Another gull.');
    const pages = async (query: string) => (await ask(query)).hits.map(({ page }) => page).toSorted();
    expect(await pages('gull')).toEqual([1, 1, 2, 3]);
    expect(await pages('gull -lamp')).toEqual([1, 1, 3]);
    expect(await pages('gull -"lamps of"')).toEqual([1, 1, 3]);
    expect((await ask('page -gull')).hits).toEqual([]);
    // The word stands only on the excluded page.
    expect((await ask('lamps -gull')).hits).toEqual([]);
    expect((await ask('two -lamp')).hits).toEqual([]);
    expect((await ask('two', { pages: { to: 1 } })).hits).toEqual([]);
  });

  it('finds alternatives, each with the other words', async () => {
    const { documents } = await library(harbour, mill, handbook);
    expect((await documents('quay OR miller')).toSorted()).toEqual([0, 1]);
    expect(await documents('lamps quay OR miller')).toEqual([0]);
    expect((await documents('"northern quay" or handbook')).toSorted()).toEqual([0, 2]);
  });

  it('finds words by their beginning', async () => {
    const { marks } = await library(harbour, handbook);
    expect(await marks('hand*')).toEqual(['handbook, handed, hand']);
    expect(await marks('ferr* quay')).toEqual(['quay, ferries']);
    expect(await marks('"the north*"')).toEqual(['the northern']);
  });

  it.each(['postgresql.conf', '/etc/postgresql/15', 'etc/postgresql'])(
    'finds identifiers and paths: %s',
    async (path) => {
      const { documents } = await library('The postgresql server has a conf of its own, and etc. 15 more.', handbook);
      expect(await documents(path)).toEqual([1]);
    },
  );

  it('finds texts without spaces by any of their parts', async () => {
    const chinese = '本市应当依照环境保护条例执行，并且定期公布河流的水质报告。';
    const { documents, marks } = await library(chinese, '河流很长。');
    expect(await marks('环境保护条例')).toEqual(['环境保护条例']);
    expect(await documents('护条')).toEqual([0]);
    expect(await marks('执')).toEqual(['执']);
    // The words stand in the text, but not side by side.
    expect(await documents('环境水质报告')).toEqual([0]);
    expect(await marks('公布的水质')).toEqual(['公布, 水质']);
  });

  it('finds a Korean word with another particle', async () => {
    const { documents } = await library('도서관이 새로운 데이터를 공개했다.', '강이 길다.');
    expect(await documents('데이터가')).toEqual([0]);
  });

  it('finds Korean and Japanese words with other endings', async () => {
    const { documents } = await library('학교에서 자료를 검색한다.', '彼は道を走った。', '강이 길다.');
    expect(await documents('학교에서부터는')).toEqual([0]);
    expect(await documents('검색하다')).toEqual([0]);
    expect(await documents('走る')).toEqual([1]);
  });

  it('answers a long Korean text without spaces', async () => {
    const { documents } = await library('학교에서 자료를 검색한다.');
    expect(await documents('가나다라마바사'.repeat(70))).toEqual([]);
    const words = Array.from({ length: 20 }, (_, index) =>
      '가나다라마바사아자차카타파하거너더러머버서어저처'.slice(index % 5),
    );
    expect(await documents(`${words.join(' ')} 검색하다`)).toEqual([0]);
  });

  it('finds Arabic words with particles before them', async () => {
    const { documents } = await library(
      'ذهب الأولاد والمدرسة بعيدة عن البيت، وقرأت بالمكتبة كل يوم من الأيام.',
      'نهر طويل',
    );
    expect(await documents('مدرسة')).toEqual([0]);
    expect(await documents('المكتبة')).toEqual([0]);
  });

  it.each(['2.0.1', 'v2.0.1', '2024-01-15', '10:30', 'iPhone', 'CO2', 'm2', 'USA', 'U.S.A.'])(
    'finds %s inside text without spaces',
    async (query) => {
      const text = 'Release v2.0.1 of 2024-01-15T10:30:00Z for the iPhone15: less CO₂ on 25 m² in the U.S.A. now.';
      const { documents } = await library(text, harbour);
      expect(await documents(query)).toEqual([0]);
    },
  );

  it('shows passages with some of the words if none has all, and reports that', async () => {
    const { ask, ids } = await library(harbour, mill, handbook);
    const answer = await ask('northern quay miller lamps');
    expect(answer.matched).toBe('any-word');
    expect(answer.hits.map(({ documentId }) => ids.indexOf(documentId))).toEqual([0, 1]);
    expect(await ask('northern quay')).not.toHaveProperty('matched');
    expect(await ask('zirconite')).toEqual({ hits: [] });
  });

  it('replaces an unknown word by a similar one, and reports that', async () => {
    const { ask, marks } = await library(harbour, mill, handbook);
    expect(await ask('norhtern')).toMatchObject({ corrected: [{ word: 'norhtern', readAs: 'northern' }] });
    expect(await marks('Norhtern ferries')).toEqual(['northern, ferries']);
    expect(await marks('"the nothern quay"')).toEqual(['the northern quay']);
    expect(await marks('postgreslq.conf')).toEqual(['postgresql.conf']);
    expect(await ask('northern ferry')).not.toHaveProperty('corrected');
    // The index finds "ferries", although the vocabulary has no "ferry".
    expect(await ask('ferry miller')).not.toHaveProperty('corrected');
    expect(await ask('northren zirconite')).toMatchObject({
      matched: 'any-word',
      corrected: [{ word: 'northren', readAs: 'northern' }],
    });
  });

  it('corrects words of three letters', async () => {
    const { ask } = await library('The cat sat near the old fox and the car.');
    expect(await ask('cta')).toMatchObject({ corrected: [{ word: 'cta', readAs: 'cat' }], hits: [{}] });
    expect(await ask('fxo')).toMatchObject({ corrected: [{ word: 'fxo', readAs: 'fox' }], hits: [{}] });
  });

  it("chooses the similar word in the searched document, beside the question's other words", async () => {
    const { ask, ids } = await library('We keep the lamps.', 'The keeper of the gulls.');
    const keeper = { corrected: [{ word: 'keepr', readAs: 'keeper' }], hits: [{ documentId: ids[1] }] };
    const keep = { corrected: [{ word: 'keepr', readAs: 'keep' }], hits: [{ documentId: ids[0] }] };
    expect(await ask('keepr', { documentId: ids[1] })).toMatchObject(keeper);
    expect(await ask('keepr', { documentId: ids[0] })).toMatchObject(keep);
    expect(await ask('keepr gulls')).toMatchObject(keeper);
    expect(await ask('keepr lamps')).toMatchObject(keep);
  });

  it('knows no words of other owners', async () => {
    await library('The zirconite lies under the carpet.');
    const { ask } = await library(harbour);
    expect(await ask('zirconit')).toEqual({ hits: [] });
  });

  it('puts passages whose heading has the word first', async () => {
    const { documents } = await library(
      { chunks: [{ heading: 'Ferries', text: 'The lamps burn, and a ferry and another ferry wait for the ferry.' }] },
      { chunks: [{ heading: 'Lamps', text: 'They burn all night.' }] },
      { chunks: [{ heading: 'Night', headingPath: ['Lamps'], text: 'They burn all night, too.' }] },
    );
    expect(await documents('lamps')).toEqual([1, 2, 0]);
  });

  it('ranks passages with near words first', async () => {
    const filler = 'and then some more words that say nothing at all '.repeat(8);
    const { documents } = await library(`A gull ${filler} a lamp.`, `A gull on a lamp. ${filler}`);
    expect(await documents('gull lamp')).toEqual([1, 0]);
  });
});

describe.each([
  ['short', 'It is to be or not to be: that was the question of the old man, number'],
  ['with function words in each sentence', 'To be is to be. To be or not to be? It is to be, not to be; it is, number'],
])('a question of function words, in many chunks %s,', (_name, text) => {
  const chunks = Array.from({ length: 240 }, (_, index) => ({ text: `${text} ${index}.`, page: index + 1 }));

  it('is answered by the owner’s chunks, and within one document by those of the document', async () => {
    await library({ chunks });
    const { documents, ids } = await library({ chunks }, { chunks: chunks.slice(0, 30) });
    expect(await documents('to be or not to be', { limit: 40 })).toHaveLength(40);
    expect(await documents('it is', { documentId: ids[1], limit: 40 })).toEqual(Array.from({ length: 30 }, () => 1));
  });

  it('is answered from the pages that are asked for, however many others match', async () => {
    const { ask } = await library({ chunks });
    const answer = await ask('to be or not to be', { pages: { from: 231, to: 240 }, limit: 40 });
    expect(answer).not.toHaveProperty('matched');
    const pages = answer.hits.map(({ page }) => page).sort((one, other) => one - other);
    expect(pages).toEqual(Array.from({ length: 10 }, (_, index) => 231 + index));
  });

  it('is answered from any chunk, if the first chunks lack the words', async () => {
    const others = chunks.map(({ page }) => ({ page, text: `The old man has the house number ${page}.` }));
    const { documents } = await library({ chunks: others }, { chunks });
    expect(await documents('or not to be', { limit: 40 })).toEqual(Array.from({ length: 40 }, () => 1));
  });

  it('is answered without the excluded words', async () => {
    const { documents } = await library({ chunks }, mill);
    expect(await documents('to be -number')).toEqual([1]);
  });
});

describe('the hits', () => {
  it('are one for each page, with the best passage of it', async () => {
    const { ask } = await library({
      pages: 3,
      chunks: [
        { page: 1, text: 'A gull flew by.' },
        { page: 1, text: 'A gull, a lamp: the gull sat on the lamp.' },
        { page: 2, text: 'No gull and no lamp here.' },
      ],
    });
    const { hits } = await ask('gull lamp');
    expect(hits.map(({ page, ordinal }) => [page, ordinal])).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });

  it('name the first and the last page of the passage', async () => {
    const text = 'A long first page about lamps. The second page begins with gulls here.';
    const chunk = { page: 7, lastPage: 8, pageStarts: [text.indexOf('The second')], text };
    const { ask } = await library({ pages: 9, pageLabels: { 8: 'iv' }, chunks: [chunk] });
    expect((await ask('lamps')).hits[0]).toMatchObject({ page: 7 });
    expect((await ask('lamps')).hits[0]).not.toHaveProperty('lastPage');
    expect((await ask('gulls')).hits[0]).toMatchObject({ page: 8, pageLabel: 'iv' });
    expect((await ask('"about lamps the second"')).hits[0]).toMatchObject({ page: 7, lastPage: 8 });
  });

  it('are one for each page of a chunk with equally good matches', async () => {
    const text = 'A gull and a lamp. Only a gull. Lamps beside gulls.';
    const pageStarts = [text.indexOf('Only'), text.indexOf('Lamps')];
    const { ask } = await library({ pages: 9, chunks: [{ page: 4, lastPage: 6, pageStarts, text }] });
    const pages = async (query: string) => (await ask(query)).hits.map(({ page }) => page).toSorted();
    expect(await pages('gull')).toEqual([4, 5, 6]);
    expect(await pages('"gull and a lamp"')).toEqual([4]);
    expect((await ask('gull', { limit: 2 })).hits).toHaveLength(2);
  });

  it('are in the requested page range, also if they only end there', async () => {
    const text = 'A phrase that reaches over the border of a page.';
    const chunk = { page: 3, lastPage: 4, pageStarts: [text.indexOf('over')], text };
    const { ask } = await library({ pages: 5, chunks: [chunk] });
    for (const page of [3, 4]) {
      const { hits } = await ask('"reaches over the border"', { pages: { from: page, to: page } });
      expect(hits).toMatchObject([{ page: 3, lastPage: 4 }]);
    }
    expect((await ask('"phrase that"', { pages: { from: 4 } })).hits).toEqual([]);
  });

  it('are in the requested page range', async () => {
    const text = 'A gull on the first page. Another gull on the second.';
    const { ask } = await library({
      pages: 12,
      chunks: [
        { page: 2, lastPage: 3, pageStarts: [text.indexOf('Another')], text },
        { page: 9, text: 'The last gull.' },
      ],
    });
    const pages = async (range: { from?: number; to?: number }) =>
      (await ask('gull', { pages: range })).hits.map(({ page }) => page).toSorted();
    expect(await pages({ from: 3, to: 8 })).toEqual([3]);
    expect(await pages({ from: 4 })).toEqual([9]);
    expect(await pages({ to: 2 })).toEqual([2]);
    expect(await pages({ from: 4, to: 5 })).toEqual([]);
  });

  it('are all passages of a document without pages, if only that document is searched', async () => {
    const { ask, ids } = await library(
      { chunks: [{ text: 'The first gull.' }, { text: 'The second gull.' }] },
      'A gull elsewhere.',
    );
    expect((await ask('gull')).hits).toHaveLength(2);
    expect((await ask('gull', { documentId: ids[0] })).hits.map(({ ordinal }) => ordinal).toSorted()).toEqual([0, 1]);
  });

  it('are no passage twice where chunks overlap', async () => {
    const repeated = 'The gull sits on the lamp.';
    const { ask, ids } = await library({
      chunks: [{ text: `It is noon. ${repeated}` }, { text: `${repeated} It is dusk.`, overlap: repeated.length }],
    });
    expect((await ask('gull', { documentId: ids[0] })).hits).toHaveLength(1);
    expect((await ask('gull dusk', { documentId: ids[0] })).hits).toHaveLength(1);
    expect((await ask('dusk', { documentId: ids[0] })).hits).toMatchObject([{ ordinal: 1 }]);
  });

  it('name file, heading, headings above it, chunk and language', async () => {
    const chunk = { heading: 'Lamps', headingPath: ['Harbour', 'North'], text: harbour };
    const { ask } = await library({ fileName: 'north.md', chunks: [chunk] });
    expect((await ask('ferries')).hits).toMatchObject([
      {
        fileName: 'north.md',
        page: 1,
        heading: 'Lamps',
        headingPath: ['Harbour', 'North'],
        ordinal: 0,
        language: 'en',
      },
    ]);
  });

  it('are never those of another owner', async () => {
    const { ids } = await library('The gull plans are under the carpet.');
    const { ask } = await library('A gull.');
    expect((await ask('carpet')).hits).toEqual([]);
    expect((await ask('gull')).hits).toHaveLength(1);
    expect((await ask('gull', { documentId: ids[0] })).hits).toEqual([]);
  });
});

describe('every text is answered', () => {
  it.each([
    '',
    '"',
    "' OR 1=1; --",
    ':*&|!<->()',
    '\0',
    '\ud800 gull',
    '('.repeat(500),
    'word '.repeat(100),
    Array.from({ length: 100 }, (_, number) => `w${number}`).join(' '),
    Array.from({ length: 100 }, (_, number) => `"w${number} x"`).join(' OR '),
    '环'.repeat(500),
    `"${'a b '.repeat(120)}"`,
    "a<->b & !c | d:*B \\ 'e",
    "it's \\'quoted\\' C++ C#",
    'x'.repeat(500),
    `-${'a-b '.repeat(120)}`,
  ])('%#', async (query) => {
    const { ask } = await library(harbour);
    await expect(ask(query)).resolves.toHaveProperty('hits');
  });

  it('for any question', async () => {
    const { ask } = await library(harbour, mill);
    const signs = fc.constantFrom(
      ...'"“-*()|&!<>:\\\'\0 '.split(''),
      ' OR ',
      '\ud800',
      'lamp',
      '水',
      "l'",
      'a.b/',
      '한국',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.array(signs, { maxLength: 30 }).map((all) => all.join('')),
    );
    await fc.assert(
      fc.asyncProperty(texts, async (query) => {
        await expect(ask(query)).resolves.toHaveProperty('hits');
      }),
      { numRuns: 300 },
    );
  });
});
