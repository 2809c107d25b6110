import { chunksOf, type Chunk, type Section } from '@taskwire/documents';
import type { StageResultInput } from '@taskwire/tasks';
import type { StageContext } from '../../context/task-context.ts';
import type { Spool } from '../../documents/spool.ts';

/** Sections cut at a time. */
const SECTION_BATCH = 20;

/** The `chunk` stage: cuts the sections of a document into chunks. `total` is the number of sections. */
export async function chunkDocument(
  stage: StageContext,
  parts: { sections: Spool<Section>; total: number; chunks: Spool<Chunk>; chunkSize: number },
): Promise<StageResultInput<'document.ingest', 'chunk'>> {
  const { sections, total, chunks, chunkSize } = parts;
  let cut = 0;
  let count = 0;
  await chunks.fill(async (add) => {
    for await (const batch of sections.batches(SECTION_BATCH)) {
      const made = chunksOf(batch, chunkSize, count);
      await add(made);
      cut += batch.length;
      count += made.length;
      await stage.progress(cut, total, `page ${batch.at(-1)?.page ?? 1}`);
    }
  });
  return { chunks: count };
}
