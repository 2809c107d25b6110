import { randomUUID } from 'node:crypto';
import { createDatabase, deleteUnusedUploads, migrateDatabase, type Database } from '@taskwire/db';
import { makeEarlierTables } from '@taskwire/test-kit';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '@taskwire/test-kit/vitest';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDocumentDatabase, type DocumentDatabase } from './document-database.ts';
import { migrateDocuments } from './migrate-documents.ts';
import { Stemmer } from '../languages/stemmer.ts';
import { DocumentFinder } from '../search/search-documents.ts';
import { indexedChunks } from '../terms/indexed-chunks.ts';
import { insertChunks } from '../terms/insert-chunks.ts';

const [PROJECT, TASK, UPLOAD, DOCUMENT] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];

let scratch: TestDatabase;
const opened: { $disconnect(): Promise<void> }[] = [];

beforeEach(async () => {
  scratch = await createEmptyDatabase();
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((database) => database.$disconnect()));
  await scratch.drop();
});

async function query<Row extends object>(statement: string, databaseUrl = scratch.databaseUrl): Promise<Row[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}

/** Adds rows of an earlier version: a project, a done task, its file and its document. */
async function addEarlierRows(): Promise<void> {
  await query(`INSERT INTO "Project" (id, "ownerId", name) VALUES ('${PROJECT}', 'ada', 'Default')`);
  await query(`INSERT INTO "Upload" (id, "ownerId", "fileName", "mediaType", "sizeBytes")
    VALUES ('${UPLOAD}', 'ada', 'a.txt', 'text/plain', 5)`);
  await query(`INSERT INTO "Task" (id, "ownerId", "projectId", kind, input, priority, status, output)
    VALUES ('${TASK}', 'ada', '${PROJECT}', 'document.ingest', '{"uploadId":"${UPLOAD}"}', 5, 'done', '{"pages":1}')`);
  await query(`INSERT INTO "TaskUpload" VALUES ('${TASK}', '${UPLOAD}')`);
  await query(`INSERT INTO "StageResult" ("taskId", stage, result) VALUES ('${TASK}', 'parse', '{"pages":1}')`);
  await query(`INSERT INTO "TaskHistory" VALUES ('${TASK}', 1, 2, '[]')`);
  await query(`INSERT INTO "Document" (id, "ownerId", "fileName", "mediaType", "uploadId", "taskId", pages, characters, languages, warnings)
    VALUES ('${DOCUMENT}', 'ada', 'a.txt', 'text/plain', '${UPLOAD}', '${TASK}', 1, 5, '{en}', '{}')`);
  await query(`INSERT INTO "VocabularyTerm" VALUES ('ada', 'lighthouse', '{1,2}')`);
}

/** Adds the document's text, which search finds. */
async function addText(documents: DocumentDatabase): Promise<void> {
  const chunk = { ordinal: 0, page: 1, text: 'A lighthouse keeper counts ships.' };
  const stemmer = new Stemmer(documents);
  const rows = await indexedChunks([chunk], { ownerId: 'ada', languages: ['en'], stemmer });
  await insertChunks(
    documents,
    rows.map((row) => ({ ...row, documentId: DOCUMENT })),
  );
}

function open(databaseUrl = scratch.databaseUrl): { core: Database; documents: DocumentDatabase } {
  const core = createDatabase({ connectionString: databaseUrl });
  const documents = createDocumentDatabase({ connectionString: databaseUrl });
  opened.push(core, documents);
  return { core, documents };
}

async function migrateBoth(databaseUrl: string, from?: string): Promise<string[]> {
  const options = { databaseUrl, ...(from === undefined ? {} : { from }) };
  const core = await migrateDatabase(options);
  const documents = await migrateDocuments(options);
  return [...core.applied, ...documents.applied];
}

/** Columns, indexes, references, triggers and sequences of Taskwire's tables in a database, without their schemas. */
async function shapeOf(databaseUrl: string, schemas: readonly string[]): Promise<unknown> {
  const list = schemas.map((name) => `'${name}'`).join(',');
  const withoutSchema = (text: string) => `regexp_replace(${text}, '(taskwire_documents|taskwire|public)\\.', '', 'g')`;
  return {
    columns: await query(
      `SELECT table_name, column_name, is_nullable, ${withoutSchema('column_default')} AS "default", udt_name
      FROM information_schema.columns
      WHERE table_schema IN (${list}) AND table_name NOT LIKE '\\_%' ORDER BY table_name, column_name`,
      databaseUrl,
    ),
    indexes: await query(
      `SELECT ${withoutSchema('indexdef')} AS index FROM pg_indexes
      WHERE schemaname IN (${list}) AND tablename NOT LIKE '\\_%' ORDER BY indexname`,
      databaseUrl,
    ),
    constraints: await query(
      `SELECT conname, ${withoutSchema('pg_get_constraintdef(oid)')} AS rule FROM pg_constraint
      WHERE connamespace::regnamespace::text IN (${list}) AND conrelid::regclass::text !~ '_migrations' ORDER BY conname`,
      databaseUrl,
    ),
    triggers: await query(`SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname`, databaseUrl),
  };
}

async function expectAllRows({ core, documents }: { core: Database; documents: DocumentDatabase }): Promise<void> {
  expect(
    await core.task.findUnique({ where: { id: TASK }, include: { project: true, stageResults: true } }),
  ).toMatchObject({
    status: 'done',
    project: { name: 'Default' },
    stageResults: [{ stage: 'parse', result: { pages: 1 } }],
  });
  expect(await core.taskHistory.count()).toBe(1);
  expect(await documents.document.findUnique({ where: { id: DOCUMENT } })).toMatchObject({
    uploadId: UPLOAD,
    taskId: TASK,
  });
  expect(await documents.vocabularyTerm.count()).toBe(1);
  const finder = new DocumentFinder(documents);
  expect(await finder.search({ ownerId: 'ada', query: 'lighthouse', limit: 1 })).toMatchObject({
    hits: [{ documentId: DOCUMENT }],
  });
  await core.taskUpload.deleteMany();
  expect(await deleteUnusedUploads(core, [UPLOAD])).toEqual([]);
  await documents.document.delete({ where: { id: DOCUMENT } });
  expect(await deleteUnusedUploads(core, [UPLOAD])).toEqual([UPLOAD]);
}

describe('a database of an earlier version', () => {
  it('is refused as it is, with both ways, and stays as it is', async () => {
    await makeEarlierTables(scratch);
    for (const options of [{}, { from: 'pubilc' }]) {
      const refused = migrateDatabase({ ...scratch, ...options });
      await expect(refused).rejects.toMatchObject({ code: 'tables-elsewhere' });
      await expect(refused).rejects.toThrow(/\?schema=public.*--from public/);
    }
    expect(await query(`SELECT 1 FROM pg_namespace WHERE nspname LIKE 'taskwire%'`)).toEqual([]);
  });

  it('is moved with all its rows; then it is as a new one', async () => {
    await makeEarlierTables(scratch);
    await addEarlierRows();
    await addText(open(`${scratch.databaseUrl}?schema=public`).documents);
    await Promise.all(opened.splice(0).map((database) => database.$disconnect()));
    await migrateBoth(scratch.databaseUrl, 'public');

    expect(await query(`SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace`)).toEqual([]);
    const fresh = await createTestDatabase();
    await migrateDocuments(fresh);
    const schemas = ['taskwire', 'taskwire_documents'];
    expect(await shapeOf(scratch.databaseUrl, schemas)).toEqual(await shapeOf(fresh.databaseUrl, schemas));
    await fresh.drop();
    expect(await migrateBoth(scratch.databaseUrl, 'public')).toEqual([]);
    expect(await migrateBoth(scratch.databaseUrl)).toEqual([]);
    await expectAllRows(open());
  });

  it('keeps its place under ?schema=public, beside processes of the earlier version', async () => {
    await makeEarlierTables(scratch);
    await addEarlierRows();
    const databaseUrl = `${scratch.databaseUrl}?schema=public`;
    const earlier = open(databaseUrl);
    await addText(earlier.documents);
    expect(await migrateBoth(databaseUrl)).toEqual(['20261128100000_upload_holds', '20261128100000_upload_holds']);
    // A worker of the earlier version knows no holds: the document's row is enough.
    const [other] = await query<{
      id: string;
    }>(`INSERT INTO "Upload" (id, "ownerId", "fileName", "mediaType", "sizeBytes")
      VALUES (gen_random_uuid(), 'ada', 'b.txt', 'text/plain', 5) RETURNING id`);
    await query(`UPDATE "Document" SET "uploadId" = '${other?.id}' WHERE id = '${DOCUMENT}'`);
    expect(await earlier.core.uploadHold.findMany()).toEqual([{ uploadId: other?.id, holder: `document:${DOCUMENT}` }]);
    await query(`UPDATE "Document" SET "uploadId" = '${UPLOAD}' WHERE id = '${DOCUMENT}'`);
    await expectAllRows(earlier);
    expect(await query('SELECT count(*)::int AS count FROM "_prisma_migrations"')).toEqual([{ count: 7 }]);
  });

  it.each([
    ['moved', '', 'public'],
    ['kept at their place', '?schema=public', undefined],
  ])('has files of documents that stay before the tables of documents are %s too', async (_how, schema, from) => {
    await makeEarlierTables(scratch);
    await addEarlierRows();
    const databaseUrl = `${scratch.databaseUrl}${schema}`;
    await migrateDatabase({ databaseUrl, ...(from === undefined ? {} : { from }) });
    const { core } = open(databaseUrl);
    await core.taskUpload.deleteMany();
    expect(await deleteUnusedUploads(core, [UPLOAD])).toEqual([]);
    await core.$disconnect();
    await migrateDocuments({ databaseUrl, ...(from === undefined ? {} : { from }) });
    const { documents } = open(databaseUrl);
    await documents.document.delete({ where: { id: DOCUMENT } });
    expect(await deleteUnusedUploads(open(databaseUrl).core, [UPLOAD])).toEqual([UPLOAD]);
  });

  it('is not moved once it was migrated at its place, and stays whole there', async () => {
    await makeEarlierTables(scratch);
    await addEarlierRows();
    const databaseUrl = `${scratch.databaseUrl}?schema=public`;
    await addText(open(databaseUrl).documents);
    await migrateBoth(databaseUrl);
    await Promise.all(opened.splice(0).map((database) => database.$disconnect()));
    for (const refused of [migrateDatabase, migrateDocuments]) {
      const moving = refused({ ...scratch, from: 'public' });
      await expect(moving).rejects.toMatchObject({ code: 'tables-elsewhere' });
      await expect(moving).rejects.toThrow('set ?schema=public in DATABASE_URL');
    }
    expect(await query(`SELECT 1 FROM pg_namespace WHERE nspname LIKE 'taskwire%'`)).toEqual([]);
    await expectAllRows(open(databaseUrl));
  });

  it('that lacks migrations gets them before it is moved', async () => {
    await makeEarlierTables(scratch, { before: '20261127100000_task_uploads' });
    await query(`INSERT INTO "Project" (id, "ownerId", name) VALUES ('${PROJECT}', 'ada', 'Default')`);
    await migrateBoth(scratch.databaseUrl, 'public');
    const { core, documents } = open();
    expect([await core.project.count(), await core.taskUpload.count(), await documents.document.count()]).toEqual([
      1, 0, 0,
    ]);
  });

  it('is not moved while a process of Taskwire uses it', async () => {
    await makeEarlierTables(scratch);
    const worker = createDatabase({ connectionString: scratch.databaseUrl, applicationName: 'taskwire-worker' });
    opened.push(worker);
    await worker.$queryRaw`SELECT 1 AS one`;
    const refused = migrateDatabase({ ...scratch, from: 'public' });
    await expect(refused).rejects.toMatchObject({ code: 'tables-in-use' });
    await expect(refused).rejects.toThrow(/taskwire-worker/);
    expect(await query('SELECT count(*)::int AS count FROM public."Task"')).toEqual([{ count: 0 }]);
  });

  it('whose migration failed is refused', async () => {
    await makeEarlierTables(scratch);
    await query(`UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name LIKE '%vocabulary'`);
    await expect(migrateDatabase({ ...scratch, from: 'public' })).rejects.toMatchObject({
      code: 'earlier-migration-failed',
    });
  });

  it("keeps a team's own migrations in the same table", async () => {
    await makeEarlierTables(scratch);
    await query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('1', 'x', '20250101000000_own')`,
    );
    await migrateBoth(scratch.databaseUrl, 'public');
    expect(await query('SELECT migration_name FROM public._prisma_migrations')).toEqual([
      { migration_name: '20250101000000_own' },
    ]);
  });

  it('in public is no reason to refuse a second installation once it is migrated there', async () => {
    await makeEarlierTables(scratch);
    await migrateBoth(`${scratch.databaseUrl}?schema=public`);
    expect((await migrateBoth(scratch.databaseUrl)).length).toBe(4);
  });
});
