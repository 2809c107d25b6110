import { randomUUID } from 'node:crypto';
import { createDatabase, type Database } from '@taskwire/db';
import { createDocumentDatabase, type DocumentDatabase } from '@taskwire/documents';
import { storeDocument, type TestChunk } from '@taskwire/documents/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBacking, startDocumentApi, type Backing, type DocumentApi } from './testing/document-api.ts';

let backing: Backing;
let server: DocumentApi;
let database: Database;
let documents: DocumentDatabase;

/** An ingested document, as a worker leaves it. */
async function addDocument(ownerId: string, fileName: string, chunks: readonly TestChunk[]) {
  const project = await database.project.create({ data: { ownerId, name: randomUUID() } });
  const data = { ownerId, projectId: project.id, kind: 'document.ingest', input: {}, priority: 5 };
  const { id: taskId } = await database.task.create({ data });
  return { taskId, documentId: await storeDocument(documents, { ownerId, fileName, taskId, chunks }) };
}

type Added = Awaited<ReturnType<typeof addDocument>>;

let manual: Added;
let novel: Added;
let secret: Added;

beforeAll(async () => {
  backing = await createBacking();
  server = await startDocumentApi(backing);
  database = createDatabase({ connectionString: backing.database.databaseUrl });
  documents = createDocumentDatabase({ connectionString: backing.database.databaseUrl });
  manual = await addDocument('ada', 'manual.pdf', [
    { text: 'The turbine must be stopped before maintenance.', page: 3, heading: 'Safety' },
    { text: 'Turbine blades: a turbine has blades; the turbine turns.', page: 12 },
    { text: 'Nothing of interest here.', page: 13 },
  ]);
  novel = await addDocument('ada', 'novel.txt', [{ text: 'She watched the turbines on the hill.' }]);
  secret = await addDocument('eve', 'secret.txt', [{ text: 'The turbine plans are under the carpet.' }]);
});
afterAll(async () => {
  await Promise.all([database.$disconnect(), documents.$disconnect()]);
  await server.stop();
  await backing.close();
});

interface Options {
  taskId?: string;
  documentId?: string;
  pages?: { from?: number; to?: number };
  limit?: number;
}

async function answer(query: string, options: Options = {}) {
  const ada = await server.client('ada');
  return ada.document.search.query({ query, ...options });
}

async function search(query: string, options: Options = {}) {
  return (await answer(query, options)).hits;
}

test('the best passage comes first, with document, task, page, heading and the name of the file', async () => {
  const hits = await search('turbine');
  expect(hits[0]).toMatchObject({ ...manual, fileName: 'manual.pdf', page: 12, ordinal: 1, language: 'en' });
  expect(hits.map(({ rank }) => rank)).toEqual(hits.map(({ rank }) => rank).toSorted((a, b) => b - a));
  expect(hits.find(({ page }) => page === 3)).toMatchObject({ heading: 'Safety' });
  expect(hits[0]).not.toHaveProperty('heading');
});

test('found words are marked in an extract, in every form of the word', async () => {
  const [hit] = await search('turbine', { taskId: novel.taskId });
  expect(hit?.snippet).toEqual([
    { text: 'She watched the ', match: false },
    { text: 'turbines', match: true },
    { text: ' on the hill.', match: false },
  ]);
});

test('words that stand in the heading only are marked all the same', async () => {
  const [hit] = await search('safety');
  expect(hit?.page).toBe(3);
  expect(hit?.snippet[0]).toEqual({ text: 'Safety', match: true });
});

test('a search finds no documents of other users', async () => {
  expect((await search('turbine')).map(({ fileName }) => fileName)).not.toContain('secret.txt');
  expect(await search('carpet')).toEqual([]);
});

test('a search may be held to one document, to pages, and to a number of hits', async () => {
  expect((await search('turbine', { taskId: novel.taskId })).map(({ taskId }) => taskId)).toEqual([novel.taskId]);
  const ofManual = await search('turbine', { documentId: manual.documentId });
  expect(ofManual.map(({ documentId }) => documentId)).toEqual([manual.documentId, manual.documentId]);
  expect((await search('turbine', { pages: { from: 4 } })).map(({ page }) => page)).toEqual([12]);
  expect(await search('turbine', { limit: 1 })).toHaveLength(1);
});

test("someone else's document, and a range that ends before it begins, are refused", async () => {
  const missing = await answer('x', { documentId: randomUUID() }).catch(String);
  expect(missing).toContain('there is no such document among yours');
  expect(await answer('x', { documentId: secret.documentId }).catch(String)).toBe(missing);
  expect(await answer('x', { taskId: secret.taskId }).catch(String)).toContain('there is no such task among yours');
  expect(await answer('x', { pages: { from: 3, to: 2 } }).catch(String)).toContain('pages: `from` is after `to`');
});

test('a document is found after its task is deleted', async () => {
  const added = await addDocument('ada', 'old.txt', [{ text: 'The flywheel is at rest.' }]);
  await database.task.delete({ where: { id: added.taskId } });
  expect(await search('flywheel')).toMatchObject([{ documentId: added.documentId, fileName: 'old.txt' }]);
});

test('phrases, alternatives and exclusions work as in web search engines', async () => {
  expect(await search('"turbine blades"')).toHaveLength(1);
  expect((await search('carpet or hill')).map(({ taskId }) => taskId)).toEqual([novel.taskId]);
  expect((await search('turbine -blades')).every(({ page }) => page !== 12)).toBe(true);
});

test.each(['\'; DROP TABLE "Tasks"; --', ':*&|!<->()', '"', '%_\\', '-', '('.repeat(500)])(
  'whatever is typed is only ever searched for: %s',
  async (query) => {
    expect(await search(query)).toEqual([]);
  },
);

test('chunks that are not indexed yet are passed over', async () => {
  const { documentId } = await addDocument('ada', 'new.txt', [{ text: 'The capstan turns.' }]);
  await documents.documentChunk.create({ data: { documentId, ordinal: 1, page: 1, text: 'Another capstan.' } });
  expect((await search('capstan', { documentId })).map(({ ordinal }) => ordinal)).toEqual([0]);
});
