import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrateDatabase } from '@taskwire/db';
import {
  exactLexeme,
  migrateDocuments,
  ownerKey,
  questionTokens,
  quoteLexeme,
  SEARCH_VERSION,
} from '@taskwire/documents';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { addOldChunks, addOldTask, returnToOldSchema } from '../testing/old-schema.ts';
import { addUpload, startWorkerProcess } from '@taskwire/worker/testing';
import { adoptChunks } from './adopt-chunks.ts';
import { Reindexer } from './reindexer.ts';
import { RetryPauses } from './retry-pauses.ts';
import { openDocumentBackend, type DocumentBackend } from '../testing/document-backend.ts';

const PROGRAM = fileURLToPath(new URL('../testing/worker-program.ts', import.meta.url));

let backend: DocumentBackend;

beforeAll(async () => {
  backend = await openDocumentBackend();
});

afterAll(async () => {
  await backend.close();
});

beforeEach(async () => {
  await backend.documents.document.deleteMany();
  await backend.documents.documentChunk.deleteMany();
  await backend.documents.vocabularyTerm.deleteMany();
});

function createReindexer(): Reindexer {
  const { database, documents, storage } = backend;
  return new Reindexer({ database, documents, storage, logger: pino({ level: 'silent' }) });
}

/** The ordinals of an owner's chunks with a phrase. */
async function find(ownerId: string, phrase: string): Promise<number[]> {
  const key = ownerKey(ownerId);
  const query = questionTokens(phrase).map(({ form }) => quoteLexeme(exactLexeme(key, form)));
  const rows = await backend.documents.$queryRaw<{ ordinal: number }[]>`
    SELECT ordinal FROM "DocumentChunk" AS chunk JOIN "Document" AS document ON document.id = chunk."documentId"
    WHERE document."ownerId" = ${ownerId} AND chunk.search @@ ${query.join(' <-> ')}::tsquery
    ORDER BY ordinal`;
  return rows.map(({ ordinal }) => ordinal);
}

async function left(): Promise<number> {
  return backend.documents.documentChunk.count({ where: { searchVersion: { lt: SEARCH_VERSION } } });
}

const ONE_HUNDRED = Array.from({ length: 100 }, (_, index) => `text ${index}: the “breakthrough” of the rivers`);

describe('data of a version without documents', () => {
  it('is found word for word after the migration, though the worker is killed in the middle', async () => {
    const old = await returnToOldSchema(backend);
    const texts = Array.from(
      { length: 1_200 },
      (_, index) => `the “word${index}” — of part 环境保护 and café number ${index}`,
    );
    await addOldTask(old, { ownerId: 'ada', texts });
    await addOldTask(old, { ownerId: 'eve', texts: ['Die Straßenbahnen fuhren über die Brücke.'] });
    await old.$disconnect();
    const { databaseUrl } = backend;
    await migrateDatabase({ databaseUrl, from: 'public' });
    await migrateDocuments({ databaseUrl, from: 'public' });
    const killed = startWorkerProcess(backend, { program: PROGRAM });
    await vi.waitFor(async () => expect(await left()).toBeLessThan(1_150), { timeout: 60_000, interval: 20 });
    await killed.end();
    const leftByTheKilled = await left();
    expect(leftByTheKilled).toBeGreaterThan(0);
    const next = startWorkerProcess(backend, { program: PROGRAM });
    try {
      await vi.waitFor(async () => expect(await left()).toBe(0), { timeout: 60_000, interval: 100 });
    } finally {
      await next.end();
    }
    for (const ordinal of [0, 600, 1_199]) expect(await find('ada', `word${ordinal}`)).toEqual([ordinal]);
    expect(await find('ada', '环境保护')).toHaveLength(1_200);
    expect(await find('ada', 'cafe')).toHaveLength(1_200);
    expect(await find('eve', 'strassenbahnen')).toEqual([0]);
    expect(await backend.documents.documentChunk.count()).toBe(1_201);
    const documents = await backend.documents.document.findMany({ orderBy: { ownerId: 'asc' } });
    expect(documents).toMatchObject([
      { ownerId: 'ada', fileName: 'old.txt', pages: 1_200 },
      { ownerId: 'eve', fileName: 'old.txt', languages: ['de'] },
    ]);
  }, 180_000);
});

describe('a task whose chunks cannot be adopted', () => {
  /** A task whose output has a number beyond every column, and whose chunks come before all others. */
  async function addUnadoptable(texts: readonly string[]): Promise<string> {
    const taskId = await addOldTask(backend.documents, { ownerId: 'ada', texts });
    await backend.database.task.update({ where: { id: taskId }, data: { output: { pages: 3_000_000_000 } } });
    return taskId;
  }

  it('delays no other task, with any number of chunks, and is logged once', async () => {
    const taskId = await addUnadoptable(Array.from({ length: 1_100 }, (_, index) => `poison ${index}`));
    await addUnadoptable(['another poison']);
    await addOldTask(backend.documents, { ownerId: 'eve', texts: ['healthy words'] });
    const lines: string[] = [];
    const logger = pino({ level: 'warn' }, { write: (line) => lines.push(line) });
    const reindexer = new Reindexer({ ...backend, logger });
    await reindexer.runOnce();
    await reindexer.runOnce();
    expect(await find('eve', 'healthy words')).toEqual([0]);
    expect(await left()).toBe(1_101);
    expect(lines.filter((line) => line.includes(taskId))).toHaveLength(1);
    expect(lines).toHaveLength(2);
  });

  it('is tried again after a pause', async () => {
    const taskId = await addUnadoptable(['cured words']);
    const reindexer = createReindexer();
    await reindexer.runOnce();
    await backend.database.task.update({ where: { id: taskId }, data: { output: { pages: 1 } } });
    await reindexer.runOnce();
    expect(await find('ada', 'cured words')).toEqual([]);
    const { now } = Date;
    vi.spyOn(Date, 'now').mockImplementation(() => now() + 61_000);
    await reindexer.runOnce();
    vi.restoreAllMocks();
    expect(await find('ada', 'cured words')).toEqual([0]);
  });
});

describe('a document whose chunks cannot be indexed', () => {
  /** Makes PostgreSQL refuse chunks, or words, with this start. */
  async function refuse(table: 'DocumentChunk' | 'VocabularyTerm', column: 'text' | 'form'): Promise<void> {
    await backend.documents.$executeRawUnsafe(`
      CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'refused'; END $$`);
    await backend.documents.$executeRawUnsafe(`
      CREATE TRIGGER refusal BEFORE INSERT OR UPDATE ON "${table}"
      FOR EACH ROW WHEN (NEW.${column} LIKE 'poison%') EXECUTE FUNCTION refuse()`);
  }

  async function accept(): Promise<void> {
    await backend.documents.$executeRaw`DROP FUNCTION IF EXISTS refuse() CASCADE`;
  }

  afterEach(accept);

  /** Chunks of documents from the re-indexer, indexed as by an older version of the terms. */
  async function addIndexedBefore(ownerId: string, texts: readonly string[]): Promise<void> {
    await addOldTask(backend.documents, { ownerId, texts });
    await createReindexer().runOnce();
    await backend.documents.$executeRaw`UPDATE "DocumentChunk" SET search = NULL, "searchVersion" = 0`;
    await backend.documents.vocabularyTerm.deleteMany();
  }

  it.each([
    ['DocumentChunk', 'text'],
    ['VocabularyTerm', 'form'],
  ] as const)('delays no other document, and is logged once, if %s cannot be written', async (table, column) => {
    await addIndexedBefore('ada', ['poison', ...ONE_HUNDRED]);
    await addIndexedBefore('eve', ['healthy words']);
    await refuse(table, column);
    const lines: string[] = [];
    const reindexer = new Reindexer({
      ...backend,
      logger: pino({ level: 'warn' }, { write: (line) => lines.push(line) }),
    });
    await reindexer.runOnce();
    await reindexer.runOnce();
    expect(await find('eve', 'healthy words')).toEqual([0]);
    expect(await left()).toBe(101);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('refused');
  });

  it('is tried again after a pause', async () => {
    await addIndexedBefore('ada', ['poison cured']);
    await refuse('DocumentChunk', 'text');
    const reindexer = createReindexer();
    await reindexer.runOnce();
    await accept();
    await reindexer.runOnce();
    expect(await left()).toBe(1);
    const { now } = Date;
    vi.spyOn(Date, 'now').mockImplementation(() => now() + 61_000);
    await reindexer.runOnce();
    vi.restoreAllMocks();
    expect(await find('ada', 'cured')).toEqual([0]);
  });

  it('ends the pass with a few others if all fail, and the next pass continues with the rest', async () => {
    for (const ownerId of ['ada', 'bob', 'eve', 'zoe']) await addIndexedBefore(ownerId, ['poison']);
    await refuse('DocumentChunk', 'text');
    const reindexer = createReindexer();
    await expect(reindexer.runOnce()).rejects.toThrow('cannot be indexed');
    await accept();
    expect(await reindexer.runOnce()).toBe(1);
  });
});

describe('the re-indexer', () => {
  it('makes a document of the chunks of a task, with the hash of its file', async () => {
    const uploadId = await addUpload(backend, 'text/plain', 'content');
    const taskId = await addOldTask(backend.documents, { ownerId: 'ada', uploadId, texts: ONE_HUNDRED });
    expect(await createReindexer().runOnce()).toBe(100);
    const [document] = await backend.documents.document.findMany();
    expect(document).toMatchObject({ ownerId: 'ada', taskId, uploadId, fileName: 'old.txt', languages: ['en'] });
    expect(document?.contentHash).toMatch(/^[0-9a-f]{64}$/);
    expect(await backend.documents.documentChunk.count({ where: { taskId: null, language: 'en' } })).toBe(100);
    expect(await find('ada', 'breakthrough')).toHaveLength(100);
    expect(await backend.documents.vocabularyTerm.count({ where: { ownerId: 'ada', form: 'breakthrough' } })).toBe(1);
  });

  it("keeps only the later task's chunks of two tasks that read the same file", async () => {
    const uploads = [await addUpload(backend, 'text/plain', 'same'), await addUpload(backend, 'text/plain', 'same')];
    const [first, second] = uploads;
    const earlier = { ownerId: 'ada', uploadId: first ?? '', texts: ONE_HUNDRED, createdAt: new Date(0) };
    await addOldTask(backend.documents, earlier);
    const later = await addOldTask(backend.documents, { ownerId: 'ada', uploadId: second ?? '', texts: ONE_HUNDRED });
    await createReindexer().runOnce();
    expect(await backend.documents.document.findMany()).toMatchObject([{ taskId: later }]);
    expect(await backend.documents.documentChunk.count()).toBe(100);
    expect(await left()).toBe(0);
  });

  it('keeps the same file of two owners apart', async () => {
    const uploadId = await addUpload(backend, 'text/plain', 'shared');
    await addOldTask(backend.documents, { ownerId: 'ada', uploadId, texts: ['the secret of ada'] });
    await addOldTask(backend.documents, { ownerId: 'eve', uploadId, texts: ['the secret of eve'] });
    await createReindexer().runOnce();
    expect(await backend.documents.document.count()).toBe(2);
    expect(await find('eve', 'ada')).toEqual([]);
  });

  it('takes the chunks of a task whose file is gone', async () => {
    const uploadId = await addUpload(backend, 'text/plain', 'gone');
    await rm(join(backend.uploadDirectory, uploadId));
    await addOldTask(backend.documents, { ownerId: 'ada', uploadId, texts: ['no upload at all'] });
    await createReindexer().runOnce();
    expect(await find('ada', 'no upload at all')).toEqual([0]);
  });

  it("shares the work with other workers' re-indexers, without indexing a chunk twice", async () => {
    const texts = Array.from({ length: 1_000 }, (_, index) => `shared word${index}`);
    for (const ownerId of ['ada', 'bob']) await addOldTask(backend.documents, { ownerId, texts });
    // A worker that arrives while another one makes the documents has nothing to do yet.
    await adoptChunks(
      { ...backend, logger: pino({ level: 'silent' }), failedAdoptions: new RetryPauses() },
      new AbortController().signal,
    );
    const counts = await Promise.all([createReindexer(), createReindexer()].map((one) => one.runOnce()));
    await createReindexer().runOnce();
    expect(counts.every((count) => count > 0)).toBe(true);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(2_000);
    expect(await find('bob', 'word999')).toEqual([999]);
  });

  it("takes the chunks that an old worker writes meanwhile, in place of the task's earlier chunks", async () => {
    const taskId = await addOldTask(backend.documents, { ownerId: 'ada', texts: ['first try', 'second page'] });
    await createReindexer().runOnce();
    await addOldChunks(backend.documents, taskId, ['other try', 'second page']);
    await createReindexer().runOnce();
    expect([await find('ada', 'first'), await find('ada', 'other')]).toEqual([[], [0]]);
    expect(await backend.documents.documentChunk.count()).toBe(2);
  });

  it('indexes the chunks of a document again that an older version of the terms has indexed', async () => {
    await addOldTask(backend.documents, { ownerId: 'ada', texts: ['once more'] });
    await createReindexer().runOnce();
    await backend.documents.$executeRaw`UPDATE "DocumentChunk" SET search = NULL, "searchVersion" = 0`;
    expect(await createReindexer().runOnce()).toBe(1);
    expect(await find('ada', 'once more')).toEqual([0]);
  });

  it('indexes long chunks in parts, each chunk once', async () => {
    const texts = Array.from(
      { length: 7 },
      (_, index) => `word${index} ${'filling '.repeat(index === 3 ? 3_000 : 900)}`,
    );
    await addOldTask(backend.documents, { ownerId: 'ada', texts });
    expect(await createReindexer().runOnce()).toBe(7);
    expect(await left()).toBe(0);
    expect(await Promise.all(texts.map((_, index) => find('ada', `word${index}`)))).toEqual(
      texts.map((_, index) => [index]),
    );
  });

  it('reports its progress', async () => {
    const lines: string[] = [];
    const logger = pino({ level: 'info' }, { write: (line) => lines.push(line) });
    await addOldTask(backend.documents, { ownerId: 'ada', texts: ONE_HUNDRED });
    await new Reindexer({ ...backend, logger }).runOnce();
    expect(lines.join('')).toMatch(/"indexed":100,"left":0/);
  });

  it('stops after the batch that is being indexed', async () => {
    await addOldTask(backend.documents, { ownerId: 'ada', texts: Array.from({ length: 2_000 }, () => 'stop') });
    const reindexer = createReindexer();
    reindexer.start();
    await vi.waitFor(async () => expect(await left()).toBeLessThan(2_000), { timeout: 30_000, interval: 10 });
    await reindexer.stop();
    const before = await left();
    expect(before).toBeGreaterThan(0);
    expect(await createReindexer().runOnce()).toBe(before);
  });
});
