import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { exactLexeme, ownerKey, quoteLexeme } from '@taskwire/documents';
import type { TaskAddress } from '@taskwire/event-log';
import { makePdf } from '@taskwire/documents/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { addUpload, createTask, jobOf, readEvents, readRow } from '@taskwire/worker/testing';
import { documentIngest } from '../../definitions/document-ingest.ts';
import { openDocumentBackend, type DocumentBackend, createDocumentRunner } from '../testing/document-backend.ts';

const kind = 'document.ingest';
const encryptedPdf = new URL('../../../../documents/fixtures/encrypted.pdf', import.meta.url);
let backend: DocumentBackend;

beforeAll(async () => {
  backend = await openDocumentBackend();
});

afterAll(async () => {
  await backend.close();
});

async function ingest(mediaType: string, content: string | Uint8Array): Promise<TaskAddress> {
  const task = await createTask(backend, documentIngest, {
    uploadId: await addUpload(backend, mediaType, content),
    chunkSize: 200,
  });
  expect(await createDocumentRunner(backend).run(jobOf(task, kind, 2))).toBe('finished');
  return task;
}

const chunksOf = (task: TaskAddress) =>
  backend.documents.documentChunk.findMany({
    where: { document: { taskId: task.taskId } },
    orderBy: { ordinal: 'asc' },
  });

/** Long text in which each sentence is different. */
const prose = (sentences: number, topic: string) =>
  Array.from({ length: sentences }, (_, index) => `Sentence ${index} speaks about ${topic}.`).join(' ');

describe('document.ingest', () => {
  it('ingests a PDF: chunks with page numbers, found by full text, progress per page', async () => {
    const pages = ['apples', 'pears', 'plums'].map((fruit) => [{ text: `This page is all about ${fruit}.`, size: 10 }]);
    const task = await ingest('application/pdf', await makePdf(pages));
    expect(await readRow(backend, task)).toMatchObject({
      status: 'done',
      output: { fileName: 'document', mediaType: 'application/pdf', pages: 3, chunks: 1, languages: ['en'] },
    });
    const query = quoteLexeme(exactLexeme(ownerKey('ada'), 'pears'));
    const found = await backend.documents.$queryRaw`
      SELECT page, "lastPage", substr(text, 1 + "pageStarts"[1]) AS rest
      FROM "DocumentChunk" WHERE search @@ ${query}::tsquery`;
    expect(found).toMatchObject([
      { page: 1, lastPage: 3, rest: expect.stringMatching(/^This page is all about pears/) },
    ]);
    const stages = (await readEvents(backend, task)).flatMap((event) =>
      event.type === 'stage' ? [`${event.stage} ${event.status}`] : [],
    );
    expect(stages).toEqual([
      'parse running',
      'parse done',
      'chunk running',
      'chunk done',
      'index running',
      'index done',
    ]);
    const items = (await readEvents(backend, task)).flatMap((event) =>
      event.type === 'progress' ? [event.itemName] : [],
    );
    expect(items[0]).toBe('page 1 of 3');
    expect(items.at(-1)).toBe('words of chunk 1 of 1');
  });

  it.each([
    ['text/markdown', `# Fruit\n\n${prose(30, 'apples')}\n\n## Roots\n\n${prose(30, 'carrots')}\n`],
    ['text/html', `<h1>Fruit</h1><p>${prose(30, 'apples')}</p><h2>Roots</h2><p>${prose(30, 'carrots')}</p>`],
  ])('ingests %s: chunks of the wanted size, each with its heading', async (mediaType, content) => {
    const task = await ingest(mediaType, content);
    const chunks = await chunksOf(task);
    expect(await readRow(backend, task)).toMatchObject({ status: 'done', output: { pages: 1, chunks: chunks.length } });
    expect(chunks.length).toBeGreaterThan(8);
    expect(chunks.every((chunk) => chunk.text.length <= 200 && chunk.page === 1)).toBe(true);
    for (const { heading, text } of chunks) expect(text).toContain(heading === 'Fruit' ? 'apples' : 'carrots');
    const sentences = chunks
      .map(({ text, overlap }) => text.slice(overlap))
      .join(' ')
      .match(/Sentence/g);
    expect(sentences).toHaveLength(60);
  });

  it('says which pages of a PDF hold no text, in the output and in the log', async () => {
    const pages = Array.from({ length: 10 }, (_, page) => (page === 4 ? [{ text: 'the only text', size: 10 }] : []));
    const task = await ingest('application/pdf', await makePdf(pages));
    const warning = '9 of 10 pages hold no text: scans? Run text recognition (OCR=tesseract, or OCR_COMMAND)';
    expect(await readRow(backend, task)).toMatchObject({
      status: 'done',
      output: {
        coverage: {
          pagesWithText: 1,
          pagesWithoutText: [
            { from: 1, to: 4 },
            { from: 6, to: 10 },
          ],
          pagesUnreadable: [],
        },
        warnings: [warning],
      },
    });
    const logged = (await readEvents(backend, task)).filter((event) => event.type === 'log');
    expect(logged).toMatchObject([{ level: 'warn', message: warning }]);
  });

  it('ingests plain text, without the characters that PostgreSQL refuses', async () => {
    const task = await ingest('text/plain', 'some plain\0 words');
    expect((await chunksOf(task)).map((chunk) => chunk.text)).toEqual(['some plain words']);
  });

  it('leaves the chunks of one run after several runs', async () => {
    const uploadId = await addUpload(backend, 'text/plain', prose(50, 'apples'));
    const task = await createTask(backend, documentIngest, { uploadId, chunkSize: 200 });
    await backend.documents.documentChunk.createMany({
      data: Array.from({ length: 500 }, (_, ordinal) => ({
        taskId: task.taskId,
        ordinal,
        page: 1,
        text: 'left by an earlier attempt',
      })),
    });
    await createDocumentRunner(backend).run(jobOf(task, kind));
    const chunks = await chunksOf(task);
    expect(chunks.map((chunk) => chunk.ordinal)).toEqual(chunks.map((_, index) => index));
    expect(chunks.some((chunk) => chunk.text.includes('earlier'))).toBe(false);
  });

  it('gives the document of the task: hash, pages, characters, languages, file and coverage', async () => {
    const content = await makePdf([[{ text: 'The bridge keeper closes the lower road.', size: 10 }], []]);
    const task = await ingest('application/pdf', content);
    const { output } = await readRow(backend, task);
    const document = await backend.documents.document.findFirst({ where: { taskId: task.taskId } });
    expect(output).toMatchObject({ documentId: document?.id, languages: ['en'], coverage: document?.coverage });
    expect(document).toMatchObject({
      ...{ ownerId: 'ada', fileName: 'document', mediaType: 'application/pdf', pages: 2, characters: 40 },
      ...{ languages: ['en'], warnings: [expect.stringContaining('1 of 2 pages holds no text')] },
      contentHash: createHash('sha256').update(content).digest('hex'),
      uploadId: expect.any(String),
    });
    const upload = await backend.database.upload.findUnique({ where: { id: document?.uploadId ?? '' } });
    expect(upload?.contentHash).toBe(document?.contentHash);
  });

  it('makes one document of a file that is read twice, also under another name', async () => {
    const content = prose(20, 'twice');
    const [first, second] = [await ingest('text/plain', content), await ingest('text/plain', content)];
    expect(await chunksOf(first)).toEqual([]);
    expect((await chunksOf(second)).length).toBeGreaterThan(2);
    const rows = [await readRow(backend, first), await readRow(backend, second)];
    const ids = rows.map(({ output }) => z.object({ documentId: z.string() }).parse(output).documentId);
    expect(ids[1]).toBe(ids[0]);
  });

  it('makes one document of a file that many tasks read at once, from one upload or several, without a retry', async () => {
    const content = prose(60, 'many tasks');
    const shared = await addUpload(backend, 'text/plain', content);
    const uploads = [shared, shared, shared, await addUpload(backend, 'text/plain', content)];
    const tasks = await Promise.all(
      uploads.map(async (uploadId) => {
        const task = await createTask(backend, documentIngest, { uploadId, chunkSize: 200 });
        await backend.database.taskUpload.create({ data: { taskId: task.taskId, uploadId } });
        return task;
      }),
    );
    const runner = createDocumentRunner(backend);
    await Promise.all(tasks.map((task) => runner.run(jobOf(task, kind, 2))));
    for (const task of tasks) expect(await readRow(backend, task)).toMatchObject({ status: 'done', attempt: 1 });
    const documents = await backend.documents.document.findMany({
      where: { taskId: { in: tasks.map((task) => task.taskId) } },
    });
    expect(documents).toHaveLength(1);
    const texts = await backend.documents.documentChunk.findMany({
      where: { text: { contains: 'Sentence 59 speaks about many' } },
    });
    expect(texts).toHaveLength(1);
  });

  it("replaces a document's file, and ends in error if that document is gone", async () => {
    const first = await ingest('text/plain', prose(10, 'the first edition'));
    const { id: replaces } = await backend.documents.document.findFirstOrThrow({ where: { taskId: first.taskId } });
    const replace = async () => {
      const uploadId = await addUpload(backend, 'text/plain', prose(10, 'the second edition'));
      const task = await createTask(backend, documentIngest, { uploadId, chunkSize: 200, replaces });
      await createDocumentRunner(backend).run(jobOf(task, kind, 2));
      return task;
    };
    const second = await replace();
    expect(await readRow(backend, second)).toMatchObject({ status: 'done', output: { documentId: replaces } });
    const texts = await backend.documents.documentChunk.findMany({ where: { documentId: replaces } });
    expect(texts.every(({ text }) => text.includes('second') && !text.includes('first'))).toBe(true);
    await backend.documents.document.delete({ where: { id: replaces } });
    const errorCode = 'DOCUMENT_MISSING';
    expect(await readRow(backend, await replace())).toMatchObject({ status: 'error', errorCode, attempt: 1 });
  });

  it('repeats as much of a chunk in the next one as the input says', async () => {
    const uploadId = await addUpload(backend, 'text/plain', prose(40, 'overlaps'));
    const task = await createTask(backend, documentIngest, { uploadId, chunkSize: 300, overlap: 0 });
    await createDocumentRunner(backend).run(jobOf(task, kind));
    expect((await chunksOf(task)).every(({ overlap }) => overlap === 0)).toBe(true);
    const again = await createTask(backend, documentIngest, { uploadId, chunkSize: 300, overlap: 0.3 });
    await createDocumentRunner(backend).run(jobOf(again, kind));
    expect((await chunksOf(again)).slice(1).every(({ overlap }) => overlap > 30 && overlap <= 90)).toBe(true);
  });

  const pdf = 'application/pdf';
  it.each([
    {
      what: 'an encrypted PDF',
      type: pdf,
      content: () => readFile(encryptedPdf),
      code: 'DOCUMENT_ENCRYPTED',
      words: 'without a password',
    },
    {
      what: 'a broken PDF',
      type: pdf,
      content: () => '%PDF-1.7 broken',
      code: 'DOCUMENT_UNREADABLE',
      words: 'is broken',
    },
    {
      what: 'a PDF without text',
      type: pdf,
      content: () => makePdf([[], []]),
      code: 'DOCUMENT_EMPTY',
      words: 'OCR_COMMAND',
    },
    { what: 'an empty text', type: 'text/plain', content: () => ' \n ', code: 'DOCUMENT_EMPTY', words: 'no text' },
    { what: 'another type', type: 'image/png', content: () => 'x', code: 'MEDIA_TYPE_UNSUPPORTED', words: 'image/png' },
  ])('ends in error at once, in plain words, for $what', async ({ type, content, code, words }) => {
    const task = await ingest(type, await content());
    const events = await readEvents(backend, task);
    expect(events.filter((event) => event.type === 'started' || event.type === 'retrying')).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ type: 'error', code });
    expect((await readRow(backend, task)).errorMessage).toContain(words);
    expect(await chunksOf(task)).toEqual([]);
  });

  it('ends in error at once when the file is gone, or belongs to somebody else', async () => {
    const gone = await addUpload(backend, 'text/plain', 'x');
    await rm(join(backend.uploadDirectory, gone));
    const foreign = await addUpload(backend, 'text/plain', 'x');
    await backend.database.upload.update({ where: { id: foreign }, data: { ownerId: 'eve' } });
    for (const uploadId of [gone, foreign]) {
      const task = await createTask(backend, documentIngest, { uploadId });
      await createDocumentRunner(backend).run(jobOf(task, kind, 2));
      expect(await readRow(backend, task)).toMatchObject({ status: 'error', errorCode: 'UPLOAD_MISSING' });
    }
  });

  it('leaves no chunks behind when it is canceled in the middle', async () => {
    const content = await makePdf(Array.from({ length: 400 }, (_, page) => [{ text: `page ${page}`, size: 10 }]));
    const task = await createTask(backend, documentIngest, {
      uploadId: await addUpload(backend, 'application/pdf', content),
    });
    const run = createDocumentRunner(backend).run(jobOf(task, kind, 2));
    for await (const message of backend.eventLog.follow(task, undefined, new AbortController().signal)) {
      if (message.type === 'progress') break;
    }
    await backend.eventLog.append(task, { type: 'canceling', requestedBy: 'ada' });
    expect(await run).toBe('finished');
    expect(await readRow(backend, task)).toMatchObject({ status: 'canceled' });
    expect(await chunksOf(task)).toEqual([]);
  });
});
