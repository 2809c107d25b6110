import { randomUUID } from 'node:crypto';
import { createDocumentDatabase, type DocumentDatabase } from '@taskwire/documents';
import { makeEarlierTables } from '@taskwire/test-kit';
import type { DocumentBackend } from './document-backend.ts';

/** The first migration that an older version did not have. */
const FIRST_NEW = '20261127200000_documents';

/**
 * Empties a test's database and makes the tables as the version before documents had them.
 * @returns a database that finds these tables. Disconnect it before they are moved.
 */
export async function returnToOldSchema({ databaseUrl, database }: DocumentBackend): Promise<DocumentDatabase> {
  await database.$executeRawUnsafe('DROP SCHEMA taskwire, taskwire_documents CASCADE');
  await makeEarlierTables({ databaseUrl }, { before: FIRST_NEW });
  return createDocumentDatabase({ connectionString: `${databaseUrl}?schema=public` });
}

/** A task that a version before documents has done. Its chunks are the texts, one page each. @returns its id */
export async function addOldTask(
  database: DocumentDatabase,
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
export async function addOldChunks(
  database: DocumentDatabase,
  taskId: string,
  texts: readonly string[],
): Promise<void> {
  await database.$executeRaw`
    INSERT INTO "DocumentChunk" ("taskId", ordinal, page, heading, text)
    SELECT ${taskId}::uuid, ordinal - 1, ordinal, 'Heading', text
    FROM unnest(${[...texts]}::text[]) WITH ORDINALITY AS given (text, ordinal)`;
}
