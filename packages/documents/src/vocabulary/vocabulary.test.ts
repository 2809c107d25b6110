import { createTestDatabase, type TestDatabase } from '@taskwire/test-kit/vitest';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDocumentDatabase, type DocumentDatabase } from '../database/document-database.ts';
import { migrateDocuments } from '../database/migrate-documents.ts';
import { Stemmer } from '../languages/stemmer.ts';
import type { SearchDatabase } from '../search/query/find-chunks.ts';
import { indexedChunks } from '../terms/indexed-chunks.ts';
import { insertChunks } from '../terms/insert-chunks.ts';
import { spellingDistance } from './spelling-distance.ts';
import { mostMistakes, spellingKeys } from './spelling-keys.ts';
import { sweepVocabulary } from './sweep-vocabulary.ts';
import { forgetTerms, rememberTerms, similarTerms, vocabularyOf } from './vocabulary.ts';

let scratch: TestDatabase;
let database: DocumentDatabase;
const { signal } = new AbortController();

beforeAll(async () => {
  scratch = await createTestDatabase();
  await migrateDocuments(scratch);
  database = createDocumentDatabase({ connectionString: scratch.databaseUrl });
});

afterAll(async () => {
  await database.$disconnect();
  await scratch.drop();
});

describe('spellingDistance counts', () => {
  it.each([
    ['a letter left out', ['breaktrough', 'breakthrough'], 1],
    ['a letter added', ['watter', 'water'], 1],
    ['a letter changed', ['seperate', 'separate'], 1],
    ['swapped neighbours', ['recieve', 'receive'], 1],
    ['two mistakes', ['brekthrogh', 'breakthrough'], 2],
    ['nothing', ['water', 'water'], 0],
    ['all letters of another word', ['', 'abc'], 3],
  ] as const)('%s', (_what, [one, other], distance) => {
    expect(spellingDistance(one, other)).toBe(distance);
    expect(spellingDistance(other, one)).toBe(distance);
  });
});

describe('spellingKeys', () => {
  it('match for any word and its misspelled forms', () => {
    const letter = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'ñ', 'ж');
    const word = fc.string({ unit: letter, minLength: 4, maxLength: 12 });
    const mistake = fc.record({ at: fc.nat(12), letter, kind: fc.constantFrom('add', 'leave', 'change', 'swap') });
    fc.assert(
      fc.property(word, mistake, (form, { at, letter: other, kind }) => {
        const place = at % form.length;
        const rest = form.slice(place + 1);
        const wrong = {
          add: form.slice(0, place) + other + form.slice(place),
          leave: form.slice(0, place) + rest,
          change: form.slice(0, place) + other + rest,
          swap: form.slice(0, place) + rest.slice(0, 1) + form.slice(place, place + 1) + rest.slice(1),
        }[kind];
        const keys = new Set(spellingKeys('ada', form));
        expect(spellingKeys('ada', wrong).some((key) => keys.has(key))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('do not meet for the same word of another owner', () => {
    const keys = new Set(spellingKeys('ada', 'breakthrough'));
    expect(spellingKeys('eve', 'breakthrough').some((key) => keys.has(key))).toBe(false);
  });

  it('are few', () => {
    expect(spellingKeys('ada', 'incomprehensibilities').length).toBeLessThanOrEqual(29);
    expect(mostMistakes('water')).toBe(1);
  });
});

describe('a vocabulary', () => {
  it('returns the possible corrections of a misspelled word, nearest first', async () => {
    await rememberTerms(database, {
      ownerId: 'ada',
      forms: ['breakthrough', 'receive', 'river', 'rider', 'окружающая'],
    });
    const asked = ['brekthrogh', 'recieve', 'rivre', 'окружайщая', 'zirconite'];
    const found = await similarTerms(database, { ownerId: 'ada', forms: asked });
    expect(Object.fromEntries(found)).toEqual({
      brekthrogh: ['breakthrough'],
      recieve: ['receive'],
      rivre: ['river'],
      окружайщая: ['окружающая'],
      zirconite: [],
    });
  });

  it('belongs to its owner', async () => {
    await rememberTerms(database, { ownerId: 'eve', forms: ['confidential'] });
    expect(await similarTerms(database, { ownerId: 'ada', forms: ['confidental'] })).toEqual(
      new Map([['confidental', []]]),
    );
  });

  it('is compared with only a part of the vocabulary if very many words begin alike', async () => {
    const letters = (index: number) => String(index).replace(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit)));
    const alike = Array.from({ length: 3_000 }, (_, index) => `zzzzzzz${letters(10_000 + index)}`);
    const long = Array.from({ length: 2_000 }, (_, index) => `zzzzzzzzzzzz${letters(10_000 + index)}`);
    await rememberTerms(database, { ownerId: 'mallory', forms: [...long, ...alike] });
    const compared: number[] = [];
    const counting: SearchDatabase = {
      $queryRaw: (query, ...values) => database.$queryRaw(query, ...values),
      async $transaction(queries) {
        const results = await database.$transaction(queries);
        compared.push([results.at(-1)].flat().length);
        return results;
      },
    };
    const found = await similarTerms(counting, { ownerId: 'mallory', forms: ['zzzzzzzbaazz', 'zzzzzzzbabzz'] });
    expect([...found.keys()]).toEqual(['zzzzzzzbaazz', 'zzzzzzzbabzz']);
    expect(compared).toEqual([2_000]);
  });

  it('is asked for no more than 32 words of a question', async () => {
    const forms = Array.from({ length: 60 }, (_, index) => `wrong${String.fromCodePoint(0x430 + index)}`);
    expect((await similarTerms(database, { ownerId: 'ada', forms })).size).toBe(32);
  });

  it('takes the same words from several writers at once', async () => {
    const forms = Array.from(
      { length: 3_000 },
      (_, index) => `word${String(index).replace(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit)))}`,
    );
    const writes = [forms, forms.toReversed(), forms].map((words) =>
      rememberTerms(database, { ownerId: 'many', forms: words }),
    );
    await Promise.all(writes);
    expect(await database.vocabularyTerm.count({ where: { ownerId: 'many' } })).toBe(3_000);
  });

  it('holds the words of headings and text, without numbers, grams and parts', () => {
    const words = vocabularyOf({ heading: 'Neap Tides', text: 'e-mail 2024 环境保护 over camelCaseName' });
    expect(Array.from(words).sort()).toEqual(['camelcasename', 'mail', 'neap', 'over', 'tides']);
  });
});

describe('the words of a deleted document', () => {
  async function store(ownerId: string, text: string): Promise<string> {
    const row = { fileName: 'a', mediaType: 'text/plain', pages: 1, characters: 1 };
    const { id: documentId } = await database.document.create({ data: { ownerId, ...row } });
    const options = { ownerId, languages: ['en'], stemmer: new Stemmer(database) };
    const rows = await indexedChunks([{ ordinal: 0, page: 1, text }], options);
    await insertChunks(
      database,
      rows.map((chunk) => ({ ...chunk, documentId })),
    );
    await rememberTerms(database, { ownerId, forms: vocabularyOf({ text }) });
    return documentId;
  }

  async function remove(ownerId: string, documentId: string): Promise<void> {
    await database.$transaction(async (transaction) => {
      await forgetTerms(transaction, { ownerId, documentId });
      await transaction.document.delete({ where: { id: documentId } });
    });
  }

  async function vocabulary(ownerId: string): Promise<string[]> {
    const rows = await database.vocabularyTerm.findMany({ where: { ownerId }, orderBy: { form: 'asc' } });
    return rows.map(({ form }) => form);
  }

  it('are removed from the vocabulary, unless other documents of the owner have them', async () => {
    const gone = await store('bob', 'secret water running');
    await store('bob', 'water mill');
    await store('carl', 'secret garden');
    await remove('bob', gone);
    expect(await vocabulary('bob')).toContain('secret');
    expect(await sweepVocabulary(database, signal)).toBe(1);
    expect(await vocabulary('bob')).toEqual(['mill', 'water']);
    expect(await vocabulary('carl')).toEqual(['garden', 'secret']);
  });

  it('are removed from any place in a long document', async () => {
    const gone = await store('gwen', 'pennant');
    await database.documentChunk.updateMany({ where: { documentId: gone }, data: { ordinal: 123_456 } });
    await remove('gwen', gone);
    expect(await sweepVocabulary(database, signal)).toBe(1);
    expect(await vocabulary('gwen')).toEqual([]);
  });

  it('stay if the deletion is undone', async () => {
    const kept = await store('dora', 'harbour');
    const undone = database.$transaction(async (transaction) => {
      await forgetTerms(transaction, { ownerId: 'dora', documentId: kept });
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await sweepVocabulary(database, signal)).toBe(0);
    expect(await vocabulary('dora')).toEqual(['harbour']);
  });

  it('are removed by the first worker that comes', async () => {
    const documents = [
      await store('fay', 'anchor one'),
      await store('fay', 'beacon two'),
      await store('fay', 'cable three'),
    ];
    for (const documentId of documents) await remove('fay', documentId);
    const swept = await Promise.all([sweepVocabulary(database, signal), sweepVocabulary(database, signal)]);
    expect(swept.reduce((sum, count) => sum + count, 0)).toBe(3);
    expect(await vocabulary('fay')).toEqual([]);
  });
});
