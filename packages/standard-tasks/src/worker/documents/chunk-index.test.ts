import { randomUUID } from 'node:crypto';
import { sweepVocabulary } from '@taskwire/documents';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chunkedDocument } from '../testing/chunked-document.ts';
import { indexChunks, type ChunkedDocument, type IndexingObserver } from './chunk-index.ts';
import { openDocumentBackend, type DocumentBackend } from '../testing/document-backend.ts';

let backend: DocumentBackend;

beforeAll(async () => {
  backend = await openDocumentBackend();
});
beforeEach(async () => {
  await backend.documents.document.deleteMany();
});
afterAll(async () => {
  await backend.close();
});

const quiet: IndexingObserver = {
  onBatch: () => Promise.resolve(),
  onWords: () => Promise.resolve(),
  onBusy: () => Promise.resolve(),
};
const index = (document: ChunkedDocument, observer: Partial<IndexingObserver> = {}) =>
  indexChunks(backend.documents, document, { ...quiet, ...observer });

async function textsOf(documentId: string): Promise<string[]> {
  const rows = await backend.documents.documentChunk.findMany({ where: { documentId }, orderBy: { ordinal: 'asc' } });
  return rows.map(({ text }) => text);
}

/** A promise and the function that settles it. */
function signal(): { reached: Promise<void>; reach: () => void } {
  let reach: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  return { reached, reach };
}

describe('indexChunks', () => {
  it('writes a document with its chunks', async () => {
    const document = await chunkedDocument(backend, ['a', 'b'], {
      languages: ['de', 'en'],
      coverage: { pagesWithText: 1, pagesWithoutText: [], pagesUnreadable: [] },
      pageLabels: { 1: 'i' },
      warnings: ['a warning'],
    });
    const documentId = await index(document);
    const { ownerId, taskId, uploadId } = document.facts;
    expect(await backend.documents.document.findUnique({ where: { id: documentId } })).toMatchObject({
      ...{ ownerId, taskId, uploadId, fileName: 'a.txt', languages: ['de', 'en'], pageLabels: { 1: 'i' } },
      ...{ coverage: { pagesWithText: 1 }, warnings: ['a warning'], contentHash: document.facts.contentHash },
    });
    expect(await textsOf(documentId)).toEqual(['a', 'b']);
  });

  it('reports its progress, also for the words after the chunks', async () => {
    const document = await chunkedDocument(backend, ['a barley field', 'a tide', 'a bridge']);
    const seen: string[] = [];
    await index(document, {
      onBatch: (chunks) => Promise.resolve(void seen.push(`chunks ${chunks}`)),
      onWords: (chunks) => Promise.resolve(void seen.push(`words ${chunks}`)),
    });
    expect(seen).toEqual(['chunks 1', 'chunks 2', 'chunks 3', 'words 1', 'words 2', 'words 3']);
  });

  it('leaves the document as it was when it is broken off between batches', async () => {
    const document = await chunkedDocument(backend, ['a', 'b', 'c']);
    const documentId = await index(document);
    const before = await backend.documents.document.findUnique({ where: { id: documentId } });
    const again = await chunkedDocument(backend, ['1', '2', '3', '4'], { contentHash: document.facts.contentHash });
    const broken = index(again, {
      onBatch: (indexed) => (indexed === 3 ? Promise.reject(new Error('broken off')) : Promise.resolve()),
    });
    await expect(broken).rejects.toThrow('broken off');
    expect(await textsOf(documentId)).toEqual(['a', 'b', 'c']);
    expect(await backend.documents.document.findMany()).toEqual([before]);
  });

  it('leaves the chunks of one run, and no chunks of an earlier version for the task', async () => {
    const document = await chunkedDocument(backend, ['a', 'b']);
    const { taskId } = document.facts;
    await backend.documents.documentChunk.create({
      data: { taskId, ordinal: 7, page: 1, text: 'of an earlier version' },
    });
    const documentId = await index(document);
    expect(await index(document)).toBe(documentId);
    expect(await textsOf(documentId)).toEqual(['a', 'b']);
    expect(await backend.documents.documentChunk.count({ where: { taskId } })).toBe(0);
  });

  it('lets others detach the task that read the document before, while it writes', async () => {
    const first = await chunkedDocument(backend, ['a']);
    const documentId = await index(first);
    const again = await chunkedDocument(backend, ['1', '2'], { contentHash: first.facts.contentHash });
    await index(again, {
      // If the indexing locked this task, the deletion and the indexing would wait for each other.
      onBatch: () => backend.database.task.deleteMany({ where: { id: first.facts.taskId } }).then(() => undefined),
    });
    expect(await backend.documents.document.findUnique({ where: { id: documentId } })).toMatchObject({
      taskId: again.facts.taskId,
    });
  });
});

describe('the same file again', () => {
  it('renews the document: its name, its task, its chunks', async () => {
    const first = await chunkedDocument(backend, ['a', 'b']);
    const documentId = await index(first);
    const { createdAt } = await backend.documents.document.findUniqueOrThrow({ where: { id: documentId } });
    const again = await chunkedDocument(backend, ['c'], {
      contentHash: first.facts.contentHash,
      fileName: 'renamed.txt',
    });
    expect(await index(again)).toBe(documentId);
    const documents = await backend.documents.document.findMany();
    expect(documents).toMatchObject([{ fileName: 'renamed.txt', taskId: again.facts.taskId, createdAt }]);
    expect(documents[0]?.updatedAt.getTime()).toBeGreaterThan(createdAt.getTime());
    expect(await textsOf(documentId)).toEqual(['c']);
  });

  it('is a document of its own for another owner', async () => {
    const first = await chunkedDocument(backend, ['a']);
    const foreign = await chunkedDocument(backend, ['a'], { contentHash: first.facts.contentHash, ownerId: 'eve' });
    expect(await index(foreign)).not.toBe(await index(first));
    expect(await backend.documents.document.count()).toBe(2);
  });

  it('takes over the documents that versions without hashes made of the file', async () => {
    const document = await chunkedDocument(backend, ['a']);
    const { ownerId, uploadId, fileName, mediaType } = document.facts;
    const old = { ownerId, uploadId, fileName, mediaType, pages: 1, characters: 1 };
    const { id } = await backend.documents.document.create({ data: old });
    await backend.documents.document.create({ data: old });
    expect(await index(document)).toBe(id);
    expect(await backend.documents.document.count()).toBe(1);
  });

  it('read by many tasks at once is one document without an error: tasks wait for each other, and log that', async () => {
    const contentHash = randomUUID();
    const documents = await Promise.all(
      ['a', 'b', 'c', 'd'].map((text) => chunkedDocument(backend, [text, text], { contentHash })),
    );
    const [writing, waiting] = [signal(), signal()];
    const [first, ...others] = documents.map((document) => async () => {
      return index(document, {
        onBusy: () => Promise.resolve(waiting.reach()),
        async onBatch() {
          writing.reach();
          await waiting.reached;
        },
      });
    });
    const running = first?.();
    await writing.reached;
    const ids = await Promise.all([running, ...others.map((run) => run())]);
    expect(new Set(ids).size).toBe(1);
    expect(await backend.documents.document.count()).toBe(1);
    const texts = await textsOf(ids[0] ?? '');
    expect(texts).toHaveLength(2);
    expect(new Set(texts).size).toBe(1);
  });

  it('is not waited for any more once the task is stopped', async () => {
    const contentHash = randomUUID();
    const controller = new AbortController();
    const [one, other] = [
      await chunkedDocument(backend, ['a'], { contentHash }),
      await chunkedDocument(backend, ['b'], { contentHash, signal: controller.signal }),
    ];
    const reason = new Error('canceled');
    await index(one, {
      async onBatch() {
        const waiting = index(other, { onBusy: () => Promise.resolve(controller.abort(reason)) });
        await expect(waiting).rejects.toBe(reason);
      },
    });
  });
});

describe('the vocabulary of the owner', () => {
  it('gets the words of the document, and loses words that a new reading lacks', async () => {
    const words = () => backend.documents.$queryRaw<{ form: string }[]>`
      SELECT form FROM "VocabularyTerm" WHERE form IN ('lighthouses', 'weathervanes') ORDER BY form`;
    const document = await chunkedDocument(backend, ['Lighthouses and weathervanes.']);
    await index(document);
    expect(await words()).toEqual([{ form: 'lighthouses' }, { form: 'weathervanes' }]);
    const { contentHash } = document.facts;
    await index(await chunkedDocument(backend, ['Nothing but lighthouses.'], { contentHash }));
    await sweepVocabulary(backend.documents, new AbortController().signal);
    expect(await words()).toEqual([{ form: 'lighthouses' }]);
  });
});

describe('a file that takes the place of a document', () => {
  it('has the same id: the old chunks are there until the new ones are in', async () => {
    const documentId = await index(await chunkedDocument(backend, ['old']));
    const file = await chunkedDocument(backend, ['new', 'newer'], { replaces: documentId });
    const seen: string[][] = [];
    expect(await index(file, { onBatch: async () => void seen.push(await textsOf(documentId)) })).toBe(documentId);
    expect(seen).toEqual([['old'], ['old']]);
    expect(await textsOf(documentId)).toEqual(['new', 'newer']);
    expect(await backend.documents.document.findMany()).toMatchObject([
      { contentHash: file.facts.contentHash, uploadId: file.facts.uploadId },
    ]);
  });

  it.each([
    ['gone', () => Promise.resolve(randomUUID())],
    ['of another owner', async () => index(await chunkedDocument(backend, ['a'], { ownerId: 'eve' }))],
  ])('is refused for good if that document is %s', async (_what, replaced) => {
    const file = await chunkedDocument(backend, ['a'], { replaces: await replaced() });
    await expect(index(file)).rejects.toMatchObject({ code: 'DOCUMENT_MISSING', permanent: true });
  });

  it('is refused for good if the file is another document already, with its name and the remedy', async () => {
    const [one, other] = [await chunkedDocument(backend, ['a']), await chunkedDocument(backend, ['b'])];
    const [oneId, otherId] = [await index(one), await index(other)];
    const { contentHash } = other.facts;
    const refused = index(await chunkedDocument(backend, ['b'], { replaces: oneId, contentHash }));
    await expect(refused).rejects.toMatchObject({ code: 'DOCUMENT_DUPLICATE', permanent: true });
    await expect(refused).rejects.toThrow(`${otherId} (a.txt): delete one of the two (document.delete)`);
    expect(await textsOf(oneId)).toEqual(['a']);
  });

  it('leaves the earlier file to the sweeper: the ended task that read it uses it no longer', async () => {
    const { database } = backend;
    const [first, second] = [await chunkedDocument(backend, ['old']), await chunkedDocument(backend, ['new'])];
    for (const { facts } of [first, second]) {
      const { taskId, uploadId } = facts;
      await database.taskUpload.upsert({
        where: { taskId_uploadId: { taskId, uploadId } },
        create: { taskId, uploadId },
        update: {},
      });
    }
    const replaces = await index(first);
    await database.task.update({ where: { id: first.facts.taskId }, data: { status: 'done' } });
    await index({ ...second, facts: { ...second.facts, replaces } });
    const used = await database.taskUpload.findMany({
      where: { uploadId: { in: [first.facts.uploadId, second.facts.uploadId] } },
    });
    expect(used.map(({ uploadId }) => uploadId)).toEqual([second.facts.uploadId]);
  });

  it('is known by the id of the document in capitals, too', async () => {
    const first = await chunkedDocument(backend, ['old']);
    const documentId = await index(first);
    const { contentHash } = first.facts;
    const again = await chunkedDocument(backend, ['read again'], { contentHash, replaces: documentId.toUpperCase() });
    expect(await index(again)).toBe(documentId);
    expect(await textsOf(documentId)).toEqual(['read again']);
  });

  it('waits while another task renews the document', async () => {
    const first = await chunkedDocument(backend, ['old']);
    const documentId = await index(first);
    const renewed = await chunkedDocument(backend, ['renewed'], { contentHash: first.facts.contentHash });
    const replacing = await chunkedDocument(backend, ['new'], { replaces: documentId });
    let replaced: Promise<string> | undefined;
    await index(renewed, {
      onBatch: () =>
        new Promise((resolve) => {
          replaced = index(replacing, { onBusy: () => Promise.resolve(resolve()) });
        }),
    });
    expect(await replaced).toBe(documentId);
    expect(await textsOf(documentId)).toEqual(['new']);
  });
});
