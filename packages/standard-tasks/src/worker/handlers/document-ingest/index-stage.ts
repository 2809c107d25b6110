import { documentLanguages, Stemmer, type Chunk, type DocumentDatabase } from '@taskwire/documents';
import type { StageContext } from '@taskwire/worker';
import { indexChunks } from '../../documents/chunk-index.ts';
import type { DocumentFacts } from '../../documents/document-row.ts';
import type { Spool } from '../../documents/spool.ts';

/**
 * Number of chunks that are written to PostgreSQL at a time. Their terms take a hundred times as much memory as their
 * text.
 */
const CHUNK_BATCH = { items: 50, characters: 16_384 };

/** Input of the stage. */
export interface Indexing {
  documents: DocumentDatabase;
  facts: Omit<DocumentFacts, 'languages'>;
  chunks: Spool<Chunk>;
  /** Number of chunks. */
  total: number;
}

/** The `index` stage: makes the chunks of a document searchable, in the document's languages. */
export async function indexDocument(
  stage: StageContext,
  { documents, facts, chunks, total }: Indexing,
): Promise<{ documentId: string; languages: string[] }> {
  const batches = () => chunks.batches(CHUNK_BATCH);
  const languages = await documentLanguages(batches());
  let hasWaited = false;
  const document = { facts: { ...facts, languages }, batches, stemmer: new Stemmer(documents), signal: stage.signal };
  const documentId = await indexChunks(documents, document, {
    onBatch: (indexed) => stage.progress(indexed, total, `chunk ${indexed} of ${total}`),
    onWords: (done) => stage.progress(total, total, `words of chunk ${done} of ${total}`),
    async onBusy() {
      if (hasWaited) return;
      hasWaited = true;
      await stage.log('info', 'another task writes the same document: this one waits for it');
    },
  });
  return { documentId, languages };
}
