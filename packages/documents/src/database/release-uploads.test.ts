import { createDatabase, type Database } from '@taskwire/db';
import { createTestDatabase, type TestDatabase } from '@taskwire/test-kit/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDocumentDatabase, type DocumentDatabase } from './document-database.ts';
import { migrateDocuments } from './migrate-documents.ts';
import { releaseUploads } from './release-uploads.ts';

let scratch: TestDatabase;
let database: Database;
let documents: DocumentDatabase;
let projectId: string;

beforeAll(async () => {
  scratch = await createTestDatabase();
  await migrateDocuments(scratch);
  database = createDatabase({ connectionString: scratch.databaseUrl });
  documents = createDocumentDatabase({ connectionString: scratch.databaseUrl });
  projectId = (await database.project.create({ data: { ownerId: 'ada', name: 'files' } })).id;
});
afterAll(async () => {
  await Promise.all([database.$disconnect(), documents.$disconnect()]);
  await scratch.drop();
});

async function addUpload(contentHash: string, ownerId = 'ada'): Promise<string> {
  const facts = { fileName: 'a.txt', mediaType: 'text/plain', sizeBytes: 1 };
  return (await database.upload.create({ data: { ownerId, contentHash, ...facts } })).id;
}

/** A task of ada's that uses an upload. */
async function addTask(uploadId: string, facts: object = {}): Promise<string> {
  const task = { ownerId: 'ada', projectId, kind: 'document.ingest', priority: 5, status: 'done' as const };
  const data = { ...task, input: { uploadId }, ...facts, uploads: { create: { uploadId } } };
  return (await database.task.create({ data })).id;
}

async function addDocument(uploadId: string, contentHash: string) {
  const facts = { fileName: 'a.txt', mediaType: 'text/plain', pages: 1, characters: 1, languages: [], warnings: [] };
  return documents.document.create({ data: { ownerId: 'ada', uploadId, contentHash, ...facts } });
}

const usersOf = async (uploadId: string): Promise<string[]> =>
  (await database.taskUpload.findMany({ where: { uploadId } })).map(({ taskId }) => taskId);

describe('releaseUploads', () => {
  it("releases the document's file and files with the same content", async () => {
    const [own, copy] = [await addUpload('same'), await addUpload('same')];
    const document = await addDocument(own, 'same');
    for (const uploadId of [own, copy]) await addTask(uploadId);
    expect((await releaseUploads(documents, document)).sort()).toEqual([own, copy].sort());
    expect([await usersOf(own), await usersOf(copy)]).toEqual([[], []]);
  });

  it('releases earlier files of the document and files that failed to replace it', async () => {
    const [own, before, failed] = [await addUpload('new'), await addUpload('old'), await addUpload('broken')];
    const document = await addDocument(own, 'new');
    await addTask(before, { output: { documentId: document.id } });
    await addTask(failed, { status: 'error', input: { uploadId: failed, replaces: document.id } });
    expect((await releaseUploads(documents, document)).sort()).toEqual([own, before, failed].sort());
  });

  it('keeps files of unfinished tasks, tasks of other kinds and other documents', async () => {
    const [own, other, foreign] = [await addUpload('x'), await addUpload('y'), await addUpload('x', 'eve')];
    const document = await addDocument(own, 'x');
    const running = await addTask(own, { status: 'running' });
    const converting = await addTask(own, { kind: 'image.resize' });
    const reading = await addTask(other);
    const hers = await addTask(foreign, { ownerId: 'eve' });
    expect(await releaseUploads(documents, document)).toEqual([own]);
    expect((await usersOf(own)).sort()).toEqual([running, converting].sort());
    expect([await usersOf(other), await usersOf(foreign)]).toEqual([[reading], [hers]]);
  });

  it('does nothing for a document whose file is gone and whose tasks are deleted', async () => {
    const unused = await addUpload('unknown');
    const document = { id: '7f6f7d8e-3e5a-4b0c-9d1e-2f3a4b5c6d7e', ownerId: 'ada', contentHash: null, uploadId: null };
    await addTask(unused);
    expect(await releaseUploads(documents, document)).toEqual([]);
  });
});
