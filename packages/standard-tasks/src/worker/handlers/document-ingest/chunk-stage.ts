import { Chunker, type Chunk, type Section } from '@taskwire/documents';
import type { documentIngest } from '../../../definitions/document-ingest.ts';
import type { StageResultInput } from '@taskwire/tasks';
import type { StageContext } from '@taskwire/worker';
import type { Spool } from '../../documents/spool.ts';

/** Number of sections that are cut at a time. */
const SECTION_BATCH = { items: 20, characters: 65_536 };

/** Input of the stage. */
export interface Chunking {
  sections: Spool<Section>;
  /** Number of sections. */
  total: number;
  chunks: Spool<Chunk>;
  settings: { chunkSize: number; overlap: number };
}

/** The `chunk` stage: cuts the text of a document into chunks, a few sections at a time. */
export async function chunkDocument(
  stage: StageContext,
  { sections, total, chunks, settings }: Chunking,
): Promise<StageResultInput<typeof documentIngest, 'chunk'>> {
  const chunker = new Chunker(settings);
  let cut = 0;
  await chunks.fill(async (add) => {
    for await (const batch of sections.batches(SECTION_BATCH)) {
      for (const section of batch) await add(chunker.add(section));
      cut += batch.length;
      await stage.progress(cut, total, `page ${batch.at(-1)?.page ?? 1}`);
    }
    await add(chunker.finish());
  });
  return { chunks: chunker.count };
}
