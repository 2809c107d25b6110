import type { Database } from '@taskwire/db';
import type { Chunk } from './chunker.ts';

/** How long (ms) indexing one document may take before PostgreSQL gives it up. */
const LONGEST_INDEXING_MS = 60 * 60_000;
/** How long (ms) to wait for a connection. */
const LONGEST_WAIT_MS = 30_000;

/**
 * Makes a task's chunks searchable, all at once at the end: in one transaction that first removes what an earlier
 * attempt has left, so that it may be repeated, and that leaves nothing behind when it fails or is aborted.
 * @param onBatch is told how many chunks are in, after each batch; what it throws undoes everything.
 */
export async function indexChunks(
  database: Database,
  document: { taskId: string; batches: AsyncIterable<readonly Chunk[]> },
  onBatch: (indexed: number) => Promise<void>,
): Promise<void> {
  const { taskId, batches } = document;
  await database.$transaction(
    async (transaction) => {
      await transaction.documentChunk.deleteMany({ where: { taskId } });
      let indexed = 0;
      for await (const batch of batches) {
        const data = batch.map((chunk) => ({ ...chunk, taskId }));
        await transaction.documentChunk.createMany({ data, skipDuplicates: true });
        indexed += batch.length;
        await onBatch(indexed);
      }
    },
    { timeout: LONGEST_INDEXING_MS, maxWait: LONGEST_WAIT_MS },
  );
}
