import { Stemmer, type Chunk } from '@taskwire/documents';
import type { ChunkedDocument } from '../documents/chunk-index.ts';
import type { DocumentFacts } from '../documents/document-row.ts';
import { addUpload, createTask } from '@taskwire/worker/testing';
import { documentIngest } from '../../definitions/document-ingest.ts';
import type { DocumentBackend } from './document-backend.ts';

/** One batch for each text. */
async function* batchesOf(texts: readonly string[]): AsyncGenerator<Chunk[], void> {
  for (const [ordinal, text] of texts.entries()) yield await Promise.resolve([{ ordinal, page: 1, text }]);
}

/** A document of a new task of ada's, with an upload of its own, whose chunks are the texts. */
export async function chunkedDocument(
  backend: DocumentBackend,
  texts: readonly string[],
  { signal = new AbortController().signal, ...facts }: Partial<DocumentFacts> & { signal?: AbortSignal } = {},
): Promise<ChunkedDocument> {
  const uploadId = await addUpload(backend, 'text/plain', texts.join(' '));
  const { taskId, ownerId } = await createTask(backend, documentIngest, { uploadId });
  return {
    facts: {
      ...{ ownerId, taskId, uploadId, fileName: 'a.txt', mediaType: 'text/plain', contentHash: `hash of ${uploadId}` },
      ...{ pages: 1, characters: 10, languages: ['en'], warnings: [], readWith: 'test' },
      ...facts,
    },
    batches: () => batchesOf(texts),
    stemmer: new Stemmer(backend.documents),
    signal,
  };
}
