import { connectionFailure, type Database, type Prisma, type Upload } from '@taskwire/db';
import { LanguageTally, SEARCH_VERSION } from '@taskwire/documents';
import * as z from 'zod';
import type { AdoptDependencies } from './reindex-dependencies.ts';
import { uploadHash } from './upload-hash.ts';
import { documentLock, fileLock, tryLock } from '../documents/document-locks.ts';

/** Chunks looked at for tasks whose document has no row yet. */
const CHUNKS_LOOKED_AT = 1_000;
/** Texts from which the languages of a document are told, spread over it. */
const SAMPLED_TEXTS = 200;
const SAMPLED_CHARACTERS = 1_000;
/** Longest time (ms) in which the chunks of the largest document are deleted. */
const LONGEST_ADOPTION_MS = 5 * 60_000;

/**
 * Gives the chunks of tasks that a version without documents has read a document's row each. Tasks that have read the
 * same file share one: the chunks of the last of them stay. A task for which this fails pauses, and the others go on.
 * @returns the number of tasks looked at; 0: the next chunks all have a document.
 * @throws if PostgreSQL cannot be reached.
 */
export async function adoptChunks(dependencies: AdoptDependencies, signal: AbortSignal): Promise<number> {
  const pausing = dependencies.failedAdoptions.pausing(Date.now());
  const tasks = await dependencies.database.$queryRaw<{ taskId: string }[]>`
    SELECT DISTINCT chunk."taskId"
    FROM (
      SELECT "taskId", "documentId" FROM "DocumentChunk"
      WHERE "searchVersion" < ${SEARCH_VERSION}::int
        AND ("documentId" IS NOT NULL OR "taskId" <> ALL(${pausing}::uuid[]))
      ORDER BY "searchVersion", id LIMIT ${CHUNKS_LOOKED_AT}::int
    ) AS chunk
    WHERE chunk."documentId" IS NULL
      AND NOT EXISTS (SELECT FROM "Document" AS document WHERE document."taskId" = chunk."taskId")`;
  for (const { taskId } of tasks) {
    if (signal.aborted) break;
    await tryAdoption(dependencies, taskId, signal);
  }
  return tasks.length;
}

async function tryAdoption(dependencies: AdoptDependencies, taskId: string, signal: AbortSignal): Promise<void> {
  const { failedAdoptions, logger } = dependencies;
  try {
    await adoptTask(dependencies, taskId, signal);
    if (failedAdoptions.delete(taskId)) logger.info({ taskId }, 'the chunks of the task are adopted now');
  } catch (err) {
    if (signal.aborted || connectionFailure(err) !== undefined) throw err;
    const isFirst = failedAdoptions.add(taskId, Date.now());
    if (isFirst) logger.error({ err, taskId }, 'the chunks of a task cannot be adopted: others are, it is tried again');
  }
}

const outputSchema = z
  .object({
    fileName: z.exactOptional(z.string()),
    mediaType: z.exactOptional(z.string()),
    pages: z.exactOptional(z.int()),
    characters: z.exactOptional(z.int()),
  })
  .catch({});

type ReadTask = Prisma.TaskGetPayload<{ include: { uploads: { include: { upload: true } } } }>;
type DocumentData = Prisma.DocumentUncheckedCreateInput;

async function adoptTask(dependencies: AdoptDependencies, taskId: string, signal: AbortSignal): Promise<void> {
  const { database } = dependencies;
  const task = await database.task.findUnique({
    where: { id: taskId },
    include: { uploads: { include: { upload: true } } },
  });
  if (task === null) return;
  const data = await documentOf(dependencies, task, signal);
  await database.$transaction(
    async (transaction) => {
      // A task that writes the same document at this moment: the chunks are adopted after it.
      const { ownerId, contentHash } = data;
      const file = { ownerId, contentHash: contentHash ?? data.uploadId ?? taskId };
      if (!(await tryLock(transaction, fileLock(file)))) return;
      await storeDocument(transaction, task, data);
    },
    { timeout: LONGEST_ADOPTION_MS },
  );
}

type Store = Pick<Database, 'document' | 'documentChunk' | 'task' | '$queryRaw'>;

async function storeDocument(store: Store, task: ReadTask, data: DocumentData): Promise<void> {
  const same = await findSame(store, data);
  if (same === null) {
    await store.document.create({ data });
    return;
  }
  if (same.taskId === task.id) return;
  const other = same.taskId === null ? null : await store.task.findUnique({ where: { id: same.taskId } });
  if (other === null || other.createdAt >= task.createdAt) {
    await store.documentChunk.deleteMany({ where: { taskId: task.id } });
    return;
  }
  // A task that replaces the document at this moment has the last word: this one is looked at again.
  if (!(await tryLock(store, documentLock(same.id)))) return;
  // The chunks first: a worker that indexes one of them at this moment needs the document's row afterwards.
  await store.documentChunk.deleteMany({ where: { OR: [{ documentId: same.id }, { taskId: other.id }] } });
  await store.document.update({ where: { id: same.id }, data });
}

async function findSame(
  store: Store,
  { ownerId, contentHash = null, uploadId = null, taskId = null }: DocumentData,
): Promise<{ id: string; taskId: string | null } | null> {
  const select = { id: true, taskId: true };
  // The hash first: it is unique, so that no other row of the file may get it.
  const sameContent =
    contentHash === null ? null : await store.document.findFirst({ where: { ownerId, contentHash }, select });
  if (sameContent !== null) return sameContent;
  const sameFile = [{ taskId }, ...(uploadId === null ? [] : [{ contentHash: null, uploadId }])];
  return store.document.findFirst({ where: { ownerId, OR: sameFile }, select });
}

async function documentOf(dependencies: AdoptDependencies, task: ReadTask, signal: AbortSignal): Promise<DocumentData> {
  const { database } = dependencies;
  const upload = task.uploads.at(0)?.upload;
  return {
    ...{ ownerId: task.ownerId, taskId: task.id, warnings: [], createdAt: task.endedAt ?? task.createdAt },
    ...fileOf(upload),
    ...(await sizeOf(database, task.id)),
    // The output says what the task has read; a file's row may be gone.
    ...outputSchema.parse(task.output ?? {}),
    contentHash: upload === undefined ? null : await uploadHash(dependencies, upload, signal),
    languages: await languagesOf(database, task.id),
  };
}

function fileOf(upload: Upload | undefined): Pick<DocumentData, 'fileName' | 'mediaType' | 'uploadId'> {
  if (upload === undefined) return { fileName: '', mediaType: 'application/octet-stream', uploadId: null };
  const { id: uploadId, fileName, mediaType } = upload;
  return { fileName, mediaType, uploadId };
}

async function sizeOf(database: Database, taskId: string): Promise<{ pages: number; characters: number }> {
  const [size] = await database.$queryRaw<{ pages: number; characters: number }[]>`
    SELECT coalesce(max(page), 1) AS pages, coalesce(sum(length(text)), 0)::float8 AS characters
    FROM "DocumentChunk" WHERE "taskId" = ${taskId}::uuid`;
  return size ?? { pages: 1, characters: 0 };
}

async function languagesOf(database: Database, taskId: string): Promise<string[]> {
  const sample = await database.$queryRaw<{ text: string }[]>`
    SELECT left(text, ${SAMPLED_CHARACTERS}::int) AS text
    FROM (
      SELECT text, ordinal, count(*) OVER () / ${SAMPLED_TEXTS}::int + 1 AS stride
      FROM "DocumentChunk" WHERE "taskId" = ${taskId}::uuid
    ) AS chunk
    WHERE ordinal % stride = 0 ORDER BY ordinal`;
  const tally = new LanguageTally();
  for (const { text } of sample) await tally.add(text);
  return tally.languages();
}
