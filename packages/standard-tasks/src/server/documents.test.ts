import { randomUUID } from 'node:crypto';
import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBacking, startDocumentApi, type Backing, type DocumentApi } from './testing/document-api.ts';

let backing: Backing;
let server: DocumentApi;

beforeAll(async () => {
  backing = await createBacking();
  server = await startDocumentApi(backing);
});
afterAll(async () => {
  await server.stop();
  await backing.close();
});

interface Chunk {
  text: string;
  page: number;
  lastPage?: number;
  pageStarts?: number[];
  overlap?: number;
  heading?: string;
  headingPath?: string[];
}

/** A document of ada's as a worker leaves it, with its file. */
async function addDocument(facts: object = {}, chunks: readonly Chunk[] = []) {
  const { database, documents } = server;
  const id = randomUUID();
  const file = { ownerId: 'ada', fileName: 'manual.pdf', mediaType: 'application/pdf' };
  await database.upload.create({ data: { id, ...file, sizeBytes: 5 } });
  await writeFile(join(backing.uploadDirectory, id), 'words');
  const document = await documents.document.create({
    data: {
      ...file,
      ...{ uploadId: id, pages: 3, characters: 5, languages: ['en', 'de'], warnings: ['page 3 holds no text'] },
      ...facts,
      chunks: { create: chunks.map((chunk, ordinal) => ({ ...chunk, ordinal })) },
    },
  });
  return { documentId: document.id, uploadId: id };
}

const fileIsThere = (name: string) =>
  access(join(backing.uploadDirectory, name)).then(
    () => true,
    () => false,
  );

/** An unfinished task that reads an upload. */
async function startIngest(uploadId: string): Promise<string> {
  const ada = await server.client('ada');
  return (await ada.task.create.mutate({ kind: 'document.ingest', input: { uploadId } })).taskId;
}

async function cancel(taskId: string): Promise<void> {
  await (await server.client('ada')).task.cancel.mutate({ taskId });
}

describe('document.list and document.get', () => {
  test('say what a document is: size, pages, languages, coverage, warnings, task and file', async () => {
    const ada = await server.client('ada');
    const coverage = { pagesWithText: 2, pagesWithoutText: [{ from: 3, to: 3 }], pagesUnreadable: [] };
    const { documentId, uploadId } = await addDocument({ coverage });
    const document = await ada.document.get.query({ documentId });
    expect(document).toEqual({
      ...{ documentId, uploadId, fileName: 'manual.pdf', mediaType: 'application/pdf', sizeBytes: 5 },
      ...{ pages: 3, characters: 5, languages: ['en', 'de'], coverage, warnings: ['page 3 holds no text'] },
      createdAt: expect.any(Number),
      updatedAt: expect.any(Number),
    });
    expect((await ada.document.list.query({})).items).toContainEqual(document);
    expect((await (await server.client('eve')).document.list.query({})).items).toEqual([]);
  });

  test('leave out a coverage that another version has written in another form', async () => {
    const { documentId } = await addDocument({ coverage: { covered: 'most of it' } });
    const ada = await server.client('ada');
    expect(await ada.document.get.query({ documentId })).not.toHaveProperty('coverage');
  });

  test('go on where the page before ended, also among documents of one moment', async () => {
    const ada = await server.client('ada');
    const createdAt = new Date('2020-01-01');
    for (let index = 0; index < 5; index += 1) await addDocument({ createdAt });
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await ada.document.list.query(cursor === undefined ? { limit: 2 } : { limit: 2, cursor });
      found.push(...page.items.map(({ documentId }) => documentId));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(new Set(found).size).toBe(found.length);
    expect(found).toHaveLength(await server.documents.document.count({ where: { ownerId: 'ada' } }));
  });
});

describe('document.page', () => {
  test('gives the text of one page once, where chunks reach over it and repeat each other', async () => {
    const ada = await server.client('ada');
    const { documentId } = await addDocument({ pages: 3, pageLabels: { 2: 'iv' } }, [
      { page: 1, text: 'One.', heading: 'Start', headingPath: ['Book'] },
      { page: 1, lastPage: 2, pageStarts: [10], text: 'First end. Second begins.', heading: 'Start' },
      { page: 2, text: 'Second begins. It goes on.', overlap: 14 },
      { page: 2, lastPage: 3, pageStarts: [12], text: 'It goes on. Third.', overlap: 11 },
    ]);
    const first = await ada.document.page.query({ documentId, page: 1 });
    expect(first.pieces).toEqual([
      { ordinal: 0, heading: 'Start', headingPath: ['Book'], text: 'One.', isContinuation: false },
      { ordinal: 1, heading: 'Start', text: 'First end.', isContinuation: false },
    ]);
    expect(first).not.toHaveProperty('pageLabel');
    const second = await ada.document.page.query({ documentId, page: 2 });
    expect(second).toMatchObject({ fileName: 'manual.pdf', page: 2, pages: 3, pageLabel: 'iv' });
    expect(second.pieces.map(({ text }) => text).join('|')).toBe(' Second begins.| It goes on.| ');
    const third = await ada.document.page.query({ documentId, page: 3 });
    expect(third.pieces).toEqual([{ ordinal: 3, text: 'Third.', isContinuation: false }]);
  });

  test('is given in portions, none of which is lost where a chunk only repeats', async () => {
    const ada = await server.client('ada');
    const chunks = ['a', 'b', 'c', 'd'].map((text) => ({ page: 1, text, overlap: text === 'b' ? 1 : 0 }));
    const { documentId } = await addDocument({}, chunks);
    const texts: string[] = [];
    let fromOrdinal: number | undefined = 0;
    while (fromOrdinal !== undefined) {
      const portion = await ada.document.page.query({ documentId, page: 1, fromOrdinal, limit: 2 });
      texts.push(...portion.pieces.map(({ text }) => text));
      fromOrdinal = portion.nextOrdinal;
    }
    expect(texts).toEqual(['a', '', 'c', 'd']);
  });
});

describe('document.page with a chunk to begin at', () => {
  const pages = (document: { documentId: string }, page: number, fromOrdinal: number) =>
    server.client('ada').then((ada) => ada.document.page.query({ ...document, page, fromOrdinal, limit: 2 }));

  test('says whether text of the page stands before', async () => {
    const chunks = [1, 2, 2, 2, 2].map((page, ordinal) => ({ page, text: `text ${ordinal}` }));
    const { documentId } = await addDocument({ pages: 2 }, chunks);
    expect(await pages({ documentId }, 2, 3)).toMatchObject({ hasEarlier: true });
    for (const from of [0, 1]) expect(await pages({ documentId }, 2, from)).not.toHaveProperty('hasEarlier');
  });

  test('says so where the page has fewer chunks than when the address was made', async () => {
    const { documentId } = await addDocument({ pages: 1 }, [{ page: 1, text: 'short' }]);
    expect(await pages({ documentId }, 1, 900)).toMatchObject({ pieces: [], hasEarlier: true });
  });
});

describe('document.delete', () => {
  test('deletes the chunks, the file and the files made of it with the document', async () => {
    const ada = await server.client('ada');
    const { documentId, uploadId } = await addDocument({}, [{ page: 1, text: 'words' }]);
    const [derived, foreign] = [`derived/${uploadId}.sections.ndjson`, `derived/${randomUUID()}.sections.ndjson`];
    await mkdir(join(backing.uploadDirectory, 'derived'), { recursive: true });
    for (const name of [derived, foreign]) await writeFile(join(backing.uploadDirectory, name), '{}');
    await ada.document.delete.mutate({ documentId });
    expect(await server.documents.documentChunk.count({ where: { documentId } })).toBe(0);
    expect(await server.database.upload.count({ where: { id: uploadId } })).toBe(0);
    expect(await fileIsThere(uploadId)).toBe(false);
    expect([await fileIsThere(derived), await fileIsThere(foreign)]).toEqual([false, true]);
  });

  test.each([
    ['reads its file', async (document: { uploadId: string }) => startIngest(document.uploadId)],
    [
      'reads another file with the same content',
      async (document: { uploadId: string; documentId: string }) => {
        const { uploadId } = await addDocument();
        await server.documents.document.update({ where: { id: document.documentId }, data: { contentHash: uploadId } });
        await server.database.upload.update({ where: { id: uploadId }, data: { contentHash: uploadId } });
        return startIngest(uploadId);
      },
    ],
    [
      'replaces it',
      async ({ documentId }: { documentId: string }) => {
        const { uploadId } = await addDocument();
        const ada = await server.client('ada');
        return (await ada.document.replace.mutate({ documentId, uploadId })).taskId;
      },
    ],
  ])('is refused while a task %s, and names the task', async (_what, start) => {
    const ada = await server.client('ada');
    const document = await addDocument();
    const taskId = await start(document);
    const { documentId } = document;
    await expect(ada.document.delete.mutate({ documentId })).rejects.toMatchObject({
      message: expect.stringContaining(taskId),
      data: { taskwireCode: 'CONFLICT', fields: [{ path: 'documentId' }] },
    });
    await cancel(taskId);
    await ada.document.delete.mutate({ documentId });
    expect(await server.documents.document.count({ where: { id: documentId } })).toBe(0);
  });

  test('is refused, not held up, while a worker writes the document', async () => {
    const ada = await server.client('ada');
    const { documentId } = await addDocument();
    await server.documents.$transaction(
      async (worker) => {
        await worker.document.update({ where: { id: documentId }, data: { pages: 4 } });
        await expect(ada.document.delete.mutate({ documentId })).rejects.toMatchObject({
          message: expect.stringContaining('try again'),
          data: { taskwireCode: 'SERVICE_UNAVAILABLE' },
        });
      },
      { timeout: 60_000 },
    );
    await ada.document.delete.mutate({ documentId });
  });
});

test('document.delete takes the files though ended tasks that are kept have read them, those of replaced ones, too', async () => {
  const ada = await server.client('ada');
  const { documentId, uploadId } = await addDocument({}, [{ page: 1, text: 'words' }]);
  const before = (await addDocument()).uploadId;
  await server.documents.document.deleteMany({ where: { uploadId: before } });
  for (const [read, output] of [
    [uploadId, {}],
    [before, { documentId }],
  ] as const) {
    const taskId = await startIngest(read);
    await cancel(taskId);
    await server.database.task.update({ where: { id: taskId }, data: { output } });
  }
  await ada.document.delete.mutate({ documentId });
  expect([await fileIsThere(uploadId), await fileIsThere(before)]).toEqual([false, false]);
});

test('task.delete leaves the document and its file; document.delete then takes both', async () => {
  const ada = await server.client('ada');
  const { documentId, uploadId } = await addDocument({}, [{ page: 1, text: 'words' }]);
  const taskId = await startIngest(uploadId);
  await server.documents.document.update({ where: { id: documentId }, data: { taskId } });
  await cancel(taskId);
  await ada.task.delete.mutate({ taskId });
  expect(await ada.document.get.query({ documentId })).not.toHaveProperty('taskId');
  expect((await ada.document.page.query({ documentId, page: 1 })).pieces).toHaveLength(1);
  expect(await fileIsThere(uploadId)).toBe(true);
  await ada.document.delete.mutate({ documentId });
  expect(await fileIsThere(uploadId)).toBe(false);
});
