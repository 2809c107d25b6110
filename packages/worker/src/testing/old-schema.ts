import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { Database } from '@taskwire/db';

const MIGRATIONS = new URL('../../../../prisma/migrations/', import.meta.url);
/** The first migration that an older version did not have. */
const FIRST_NEW = '20261127200000_documents';

const BOOKKEEPING = `CREATE TABLE "_prisma_migrations" (
  id VARCHAR(36) PRIMARY KEY, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`;

/** Empties a test's database and makes the tables as the version before documents had them. */
export async function returnToOldSchema(database: Database): Promise<void> {
  await database.$executeRawUnsafe('DROP SCHEMA public CASCADE');
  await database.$executeRawUnsafe('CREATE SCHEMA public');
  await database.$executeRawUnsafe(BOOKKEEPING);
  const names = (await readdir(MIGRATIONS)).filter((name) => /^\d/.test(name) && name < FIRST_NEW).sort();
  for (const name of names) {
    const script = await readFile(new URL(`${name}/migration.sql`, MIGRATIONS), 'utf8');
    await database.$executeRawUnsafe(script);
    const checksum = createHash('sha256').update(script).digest('hex');
    await database.$executeRaw`
      INSERT INTO "_prisma_migrations" (id, checksum, finished_at, migration_name, applied_steps_count)
      VALUES (${randomUUID()}, ${checksum}, now(), ${name}, 1)`;
  }
}

/** A task that a version before documents has done. Its chunks are the texts, one page each. @returns its id */
export async function addOldTask(
  database: Database,
  task: { ownerId: string; uploadId?: string; texts: readonly string[]; createdAt?: Date },
): Promise<string> {
  const { ownerId, uploadId, texts, createdAt = new Date() } = task;
  const owner = { ownerId, name: 'Default' };
  await database.$executeRaw`
    INSERT INTO "Project" (id, "ownerId", name) VALUES (${randomUUID()}::uuid, ${ownerId}, ${owner.name})
    ON CONFLICT DO NOTHING`;
  const taskId = randomUUID();
  const output = JSON.stringify({ fileName: 'old.txt', mediaType: 'text/plain', pages: texts.length, chunks: 1 });
  await database.$executeRaw`
    INSERT INTO "Task" (id, "ownerId", "projectId", kind, input, priority, status, output, "createdAt", "endedAt")
    SELECT ${taskId}::uuid, ${ownerId}, project.id, 'document.ingest', '{}', 5, 'done', ${output}::jsonb, ${createdAt}, now()
    FROM "Project" AS project WHERE project."ownerId" = ${ownerId}`;
  if (uploadId !== undefined) {
    await database.$executeRaw`
      INSERT INTO "TaskUpload" ("taskId", "uploadId") VALUES (${taskId}::uuid, ${uploadId}::uuid)`;
  }
  await addOldChunks(database, taskId, texts);
  return taskId;
}

/** Chunks as a worker of the version before documents writes them. */
export async function addOldChunks(database: Database, taskId: string, texts: readonly string[]): Promise<void> {
  await database.$executeRaw`
    INSERT INTO "DocumentChunk" ("taskId", ordinal, page, heading, text)
    SELECT ${taskId}::uuid, ordinal - 1, ordinal, 'Heading', text
    FROM unnest(${[...texts]}::text[]) WITH ORDINALITY AS given (text, ordinal)`;
}
