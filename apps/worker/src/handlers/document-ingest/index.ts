import type { Database } from '@taskwire/db';
import type { Chunk } from '@taskwire/documents';
import type { StageContext } from '../../context/task-context.ts';
import { indexChunks } from '../../documents/chunk-index.ts';
import type { Spool } from '../../documents/spool.ts';

/** Chunks written to PostgreSQL at a time. */
const CHUNK_BATCH = 50;

/** The `index` stage: makes the chunks of a document searchable. `total` is their number. */
export async function indexDocument(
  stage: StageContext,
  parts: { database: Database; taskId: string; chunks: Spool<Chunk>; total: number },
): Promise<void> {
  const { database, taskId, chunks, total } = parts;
  const batches = () => chunks.batches(CHUNK_BATCH);
  await indexChunks(database, { taskId, batches, signal: stage.signal }, (indexed) =>
    stage.progress(indexed, total, `chunk ${indexed} of ${total}`),
  );
}
