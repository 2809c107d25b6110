import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBacking, startTestServer, type Backing, type TestServer } from '../testing/test-server.ts';

let backing: Backing;
let server: TestServer;

interface Chunk {
  text: string;
  page?: number;
  heading?: string;
}

/** An ingested document, as a worker leaves it. */
async function addDocument(ownerId: string, fileName: string, chunks: readonly Chunk[]): Promise<string> {
  const { database } = server;
  const uploadId = randomUUID();
  await database.upload.create({ data: { id: uploadId, ownerId, fileName, mediaType: 'text/plain', sizeBytes: 1 } });
  const project = await database.project.create({ data: { ownerId, name: randomUUID() } });
  const task = await database.task.create({
    data: {
      ownerId,
      projectId: project.id,
      kind: 'document.ingest',
      input: { uploadId, chunkSize: 1_200 },
      priority: 5,
      chunks: { create: chunks.map((chunk, ordinal) => ({ page: 1, ...chunk, ordinal })) },
    },
  });
  await database.$executeRaw`
    UPDATE "DocumentChunk" SET search = to_tsvector('english', coalesce(heading, '') || ' ' || text) WHERE search IS NULL`;
  return task.id;
}

let manual: string;
let novel: string;

beforeAll(async () => {
  backing = await createBacking();
  server = await startTestServer(backing);
  manual = await addDocument('ada', 'manual.pdf', [
    { text: 'The turbine must be stopped before maintenance.', page: 3, heading: 'Safety' },
    { text: 'Turbine blades: a turbine has blades; the turbine turns.', page: 12 },
    { text: 'Nothing of interest here.', page: 13 },
  ]);
  novel = await addDocument('ada', 'novel.txt', [{ text: 'She watched the turbines on the hill.' }]);
  await addDocument('eve', 'secret.txt', [{ text: 'The turbine plans are under the carpet.' }]);
});
afterAll(async () => {
  await server.stop();
  await backing.close();
});

async function search(query: string, taskId?: string, limit = 10) {
  const ada = await server.client('ada');
  return (await ada.document.search.query({ query, limit, ...(taskId === undefined ? {} : { taskId }) })).hits;
}

test('the best piece comes first, with page, heading and the name of its file', async () => {
  const hits = await search('turbine');
  expect(hits[0]).toMatchObject({ taskId: manual, fileName: 'manual.pdf', page: 12, ordinal: 1 });
  expect(hits.map(({ rank }) => rank)).toEqual(hits.map(({ rank }) => rank).toSorted((a, b) => b - a));
  expect(hits.find(({ page }) => page === 3)).toMatchObject({ heading: 'Safety' });
  expect(hits[0]).not.toHaveProperty('heading');
});

test('found words are marked in an extract, in every form of the word', async () => {
  const [hit] = await search('turbine', novel);
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

test("nobody finds what is in someone else's documents", async () => {
  expect((await search('turbine')).map(({ fileName }) => fileName)).not.toContain('secret.txt');
  expect(await search('carpet')).toEqual([]);
});

test('a search may be held to one document, and to a number of pieces', async () => {
  expect((await search('turbine', novel)).map(({ taskId }) => taskId)).toEqual([novel]);
  expect(await search('turbine', undefined, 1)).toHaveLength(1);
});

test('phrases, alternatives and exclusions work as in web search engines', async () => {
  expect(await search('"turbine blades"')).toHaveLength(1);
  expect((await search('carpet or hill')).map(({ taskId }) => taskId)).toEqual([novel]);
  expect((await search('turbine -blades')).every(({ page }) => page !== 12)).toBe(true);
});

test.each(['\'; DROP TABLE "Task"; --', ':*&|!<->()', '"', 'the', '%_\\', '-'])(
  'whatever is typed is only ever searched for: %s',
  async (query) => {
    expect(await search(query)).toEqual([]);
  },
);

test('markers that stand in a document itself mark nothing', async () => {
  const taskId = await addDocument('ada', 'forged.txt', [{ text: 'a \u0001forged\u0002 gearbox' }]);
  const [hit] = await search('gearbox', taskId);
  expect(hit?.snippet).toEqual([
    { text: 'a forged ', match: false },
    { text: 'gearbox', match: true },
  ]);
});

test('a document that is done is named as its result names it', async () => {
  const taskId = await addDocument('ada', 'old-name.txt', [{ text: 'flywheel' }]);
  await server.database.task.update({ where: { id: taskId }, data: { output: { fileName: 'new-name.txt' } } });
  expect((await search('flywheel')).map(({ fileName }) => fileName)).toEqual(['new-name.txt']);
});
