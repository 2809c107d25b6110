import { createTestDatabase, type TestDatabase } from '@taskwire/test-kit/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDocumentDatabase, type DocumentDatabase } from '../database/document-database.ts';
import { migrateDocuments } from '../database/migrate-documents.ts';
import { exactLexeme, pairLexeme, prominentLexeme, quoteLexeme, stemLexeme } from './lexemes.ts';
import { ownerKey } from './hashes.ts';
import { chunkTokens, searchVector, type IndexedText } from './search-vector.ts';
import { questionTokens } from './tokenize.ts';

let scratch: TestDatabase;
let database: DocumentDatabase;

beforeAll(async () => {
  scratch = await createTestDatabase();
  await migrateDocuments(scratch);
  database = createDocumentDatabase({ connectionString: scratch.databaseUrl });
});

afterAll(async () => {
  await database.$disconnect();
  await scratch.drop();
});

const key = ownerKey('ada');

function vectorOf(text: IndexedText | string): string {
  const tokens = chunkTokens(typeof text === 'string' ? { text } : text);
  return searchVector(tokens, { ownerKey: key, language: undefined, stemsOf: () => [] });
}

/** Whether PostgreSQL finds the question, as a phrase of its tokens. */
async function isFound(question: string, vector: string): Promise<boolean> {
  const tokens = questionTokens(question);
  const phrase = tokens.map(({ form }) => quoteLexeme(exactLexeme(key, form))).join(' <-> ');
  return matches(vector, phrase);
}

async function matches(vector: string, query: string): Promise<boolean> {
  const rows = await database.$queryRaw<{ found: boolean }[]>`
    SELECT ${vector}::tsvector @@ ${query}::tsquery AS found`;
  return rows[0]?.found === true;
}

describe('a search vector', () => {
  it.each([
    ['He said “breakthrough” — twice.', 'breakthrough'],
    ['settings in /etc/postgresql.conf', 'postgresql.conf'],
    ['set max_worker_processes to 8', 'max_worker_processes'],
    ['发布了新的环境保护条例', '环境保护条例'],
    ['It’s written in C++ by O’Neill', 'C++'],
    ["quote ' and backslash \\ in text", 'backslash'],
  ])('of "%s" finds %s', async (text, question) => {
    expect(await isFound(question, vectorOf(text))).toBe(true);
  });

  it('marks adjacent words in the text and in headings, but not across their ends', async () => {
    const vector = vectorOf({ heading: 'Neap Tide', text: 'the water, of the mill' });
    const isMarked = (first: string, second: string) => matches(vector, quoteLexeme(pairLexeme(key, first, second)));
    for (const [first, second] of [
      ['neap', 'tide'],
      ['the', 'water'],
      ['water', 'of'],
    ] as const) {
      expect(await isMarked(first, second)).toBe(true);
    }
    expect(await isMarked('tide', 'the')).toBe(false);
    expect(await isMarked('mill', 'the')).toBe(false);
  });

  it('finds any two characters of a text without spaces', async () => {
    const text = '量子计算机的核心是超导线路';
    for (let index = 0; index + 2 <= text.length; index += 1) {
      expect(await isFound(text.slice(index, index + 2), vectorOf(text))).toBe(true);
    }
  });

  it('finds a single character of a text without spaces by prefix, the last one too', async () => {
    const vector = vectorOf('超导线路');
    for (const character of '超导线路') {
      expect(await matches(vector, `${quoteLexeme(exactLexeme(key, character))}:*`)).toBe(true);
    }
  });

  it('keeps headings, their path and the text apart: no phrase reaches over', async () => {
    const vector = vectorOf({ headingPath: ['Rivers', 'Tides'], heading: 'Neap', text: 'water rises' });
    expect(await isFound('water rises', vector)).toBe(true);
    for (const phrase of ['Rivers Tides', 'Tides Neap', 'Neap water'])
      expect(await isFound(phrase, vector)).toBe(false);
  });

  it('gives headings weight A, their path B, and text D', async () => {
    const vector = vectorOf({ headingPath: ['Rivers'], heading: 'Neap', text: 'water' });
    for (const [form, weight] of [
      ['rivers', 'B'],
      ['neap', 'A'],
      ['water', 'D'],
    ] as const) {
      expect(await matches(vector, `${quoteLexeme(exactLexeme(key, form))}:${weight}`)).toBe(true);
    }
  });

  it('belongs to its owner: the same word of another owner is another lexeme', async () => {
    expect(await matches(vectorOf('secret'), quoteLexeme(exactLexeme(ownerKey('eve'), 'secret')))).toBe(false);
  });

  it('holds stems at the place of their word', async () => {
    const tokens = chunkTokens({ text: 'the running water' });
    const stemsOf = (word: string) => (word === 'running' ? ['run'] : []);
    const vector = searchVector(tokens, { ownerKey: key, language: 'en', stemsOf });
    const stem = quoteLexeme(stemLexeme(key, 'en', 'run'));
    expect(await matches(vector, `${stem} <-> ${quoteLexeme(exactLexeme(key, 'water'))}`)).toBe(true);
  });

  it('marks words of headings and frequent words as prominent, and no others', async () => {
    const vector = vectorOf({ heading: 'Neap', text: 'water and water, water or water; neapolitan' });
    const isProminent = (form: string) => matches(vector, quoteLexeme(prominentLexeme(exactLexeme(key, form))));
    expect(await isProminent('neap')).toBe(true);
    expect(await isProminent('water')).toBe(true);
    expect(await isProminent('and')).toBe(false);
  });

  it('stays within the limits of PostgreSQL, however long the text is', async () => {
    const words = Array.from({ length: 60_000 }, (_, index) => `word${index}`);
    const vector = vectorOf(`${'same '.repeat(40_000)}${'x'.repeat(10_000)} ${words.join(' ')}`);
    expect(await isFound('word17', vector)).toBe(true);
    expect(await isFound('x'.repeat(10_000), vector)).toBe(true);
  });
});
