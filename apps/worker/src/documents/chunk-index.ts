import { patiently, type Database } from '@taskwire/db';
import type { Chunk } from '@taskwire/documents';

/** How long (ms) indexing one document may take before PostgreSQL gives it up. */
const LONGEST_INDEXING_MS = 60 * 60_000;
/** How long (ms) PostgreSQL may be away, and to wait for a connection. */
const PATIENCE_MS = 60_000;

/** What is to be searchable, as what, and who may end the waiting for PostgreSQL. */
export interface ChunkedDocument {
  taskId: string;
  batches: () => AsyncIterable<readonly Chunk[]>;
  signal: AbortSignal;
}

/**
 * Makes a task's chunks searchable, all at once at the end: in one transaction that first removes what an earlier
 * attempt has left, so that it may be repeated, and that leaves nothing behind when it fails or is aborted. It begins
 * again when PostgreSQL was away in the middle.
 * @param document.batches gives the chunks from the first one on, as often as it is called.
 * @param onBatch is told how many chunks are in, after each batch; what it throws undoes everything.
 */
export async function indexChunks(
  database: Database,
  document: ChunkedDocument,
  onBatch: (indexed: number) => Promise<void>,
): Promise<void> {
  const { signal } = document;
  await patiently(() => indexOnce(database, document, onBatch), { limitMs: PATIENCE_MS, signal });
}

async function indexOnce(
  database: Database,
  { taskId, batches }: ChunkedDocument,
  onBatch: (indexed: number) => Promise<void>,
): Promise<void> {
  await database.$transaction(
    async (transaction) => {
      await transaction.documentChunk.deleteMany({ where: { taskId } });
      let indexed = 0;
      for await (const batch of batches()) {
        const data = batch.map((chunk) => ({ ...chunk, taskId }));
        await transaction.documentChunk.createMany({ data, skipDuplicates: true });
        await transaction.$executeRaw`
          UPDATE "DocumentChunk" SET search = to_tsvector('english', coalesce(heading, '') || ' ' || text)
          WHERE "taskId" = ${taskId}::uuid AND search IS NULL`;
        indexed += batch.length;
        await onBatch(indexed);
      }
    },
    { timeout: LONGEST_INDEXING_MS, maxWait: PATIENCE_MS },
  );
}
