import { connectionFailure, type Database } from '@taskwire/db';
import { SEARCH_VERSION, type DocumentTransaction } from '@taskwire/documents';
import { documentLock, fileLock, tryLock } from '../documents/document-locks.ts';
import { documentOf, type DocumentData, type ReadTask } from './adopted-document.ts';
import type { AdoptDependencies } from './reindex-dependencies.ts';

/** Number of chunks that are searched for tasks whose document has no row yet. */
const CHUNKS_LOOKED_AT = 1_000;
/** Longest time (ms) for deleting the chunks of the largest document. */
const LONGEST_ADOPTION_MS = 5 * 60_000;

/**
 * Gives a document's row to the chunks of tasks from versions without documents. Tasks that read the same file share
 * one row, and the chunks of the latest task stay. A task whose adoption fails pauses while the others continue.
 * @returns the number of tasks; 0: the next chunks all have a document.
 * @throws if PostgreSQL cannot be reached.
 */
export async function adoptChunks(dependencies: AdoptDependencies, signal: AbortSignal): Promise<number> {
  const pausing = dependencies.failedAdoptions.pausing(Date.now());
  const tasks = await dependencies.documents.$queryRaw<{ taskId: string }[]>`
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

async function adoptTask(dependencies: AdoptDependencies, taskId: string, signal: AbortSignal): Promise<void> {
  const { database, documents } = dependencies;
  const task = await database.task.findUnique({
    where: { id: taskId },
    include: { uploads: { include: { upload: true } } },
  });
  if (task === null) return;
  const data = await documentOf(dependencies, task, signal);
  await documents.$transaction(
    async (transaction) => {
      // If a task writes the same document now, the chunks are adopted after it.
      const { ownerId, contentHash } = data;
      const file = { ownerId, contentHash: contentHash ?? data.uploadId ?? taskId };
      if (!(await tryLock(transaction, fileLock(file)))) return;
      await storeDocument({ store: transaction, tasks: database.task }, task, data);
    },
    { timeout: LONGEST_ADOPTION_MS },
  );
}

type Store = Pick<DocumentTransaction, 'document' | 'documentChunk' | '$queryRaw'>;

async function storeDocument(
  { store, tasks }: { store: Store; tasks: Database['task'] },
  task: ReadTask,
  data: DocumentData,
): Promise<void> {
  const same = await findSame(store, data);
  if (same === null) {
    await store.document.create({ data });
    return;
  }
  if (same.taskId === task.id) return;
  const other = same.taskId === null ? null : await tasks.findUnique({ where: { id: same.taskId } });
  if (other === null || other.createdAt >= task.createdAt) {
    await store.documentChunk.deleteMany({ where: { taskId: task.id } });
    return;
  }
  // If a task replaces the document now, its result counts, and this task is adopted later.
  if (!(await tryLock(store, documentLock(same.id)))) return;
  // Chunks are deleted first, because a worker that indexes one of them needs the document's row afterwards.
  await store.documentChunk.deleteMany({ where: { OR: [{ documentId: same.id }, { taskId: other.id }] } });
  await store.document.update({ where: { id: same.id }, data });
}

async function findSame(
  store: Store,
  { ownerId, contentHash = null, uploadId = null, taskId = null }: DocumentData,
): Promise<{ id: string; taskId: string | null } | null> {
  const select = { id: true, taskId: true };
  // The hash comes first: it is unique, so that no other row of the file may have it.
  const sameContent =
    contentHash === null ? null : await store.document.findFirst({ where: { ownerId, contentHash }, select });
  if (sameContent !== null) return sameContent;
  const sameFile = [{ taskId }, ...(uploadId === null ? [] : [{ contentHash: null, uploadId }])];
  return store.document.findFirst({ where: { ownerId, OR: sameFile }, select });
}
