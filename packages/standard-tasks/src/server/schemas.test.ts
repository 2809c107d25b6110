import { createDatabase, migrateDatabase } from '@taskwire/db';
import { createDocumentDatabase, migrateDocuments } from '@taskwire/documents';
import { storeDocument } from '@taskwire/documents/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBacking, startDocumentApi, type Backing, type DocumentApi } from './testing/document-api.ts';

let backing: Backing;
const servers: DocumentApi[] = [];

beforeAll(async () => {
  backing = await createBacking();
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  await backing.close();
});

/** An api whose tables are in a schema, and one found document of ada's. */
async function startIn(schema: string, words: string) {
  const databaseUrl = `${backing.database.databaseUrl}?schema=${schema}`;
  await migrateDatabase({ databaseUrl });
  await migrateDocuments({ databaseUrl });
  const server = await startDocumentApi(backing, { databaseUrl });
  servers.push(server);
  const ada = await server.client('ada');
  const database = createDatabase({ connectionString: databaseUrl });
  const documents = createDocumentDatabase({ connectionString: databaseUrl });
  const file = { ownerId: 'ada', fileName: 'woods.txt', mediaType: 'text/plain', sizeBytes: 1 };
  const { id: uploadId } = await database.upload.create({ data: file });
  const { taskId } = await ada.task.create.mutate({ kind: 'document.ingest', input: { uploadId } });
  await storeDocument(documents, { ownerId: 'ada', taskId, chunks: [{ text: words }] });
  await Promise.all([database.$disconnect(), documents.$disconnect()]);
  return { ada, taskId };
}

test('two apis on two schemas of one database list and search their own alone', async () => {
  const left = await startIn('left', 'walnut and cedar');
  const right = await startIn('right', 'cedar and birch');
  for (const { ada, taskId } of [left, right]) {
    expect((await ada.task.list.query({})).items).toMatchObject([{ taskId }]);
    expect((await ada.document.search.query({ query: 'cedar' })).hits).toMatchObject([{ taskId }]);
  }
  expect((await left.ada.document.search.query({ query: 'birch' })).hits).toEqual([]);
});
