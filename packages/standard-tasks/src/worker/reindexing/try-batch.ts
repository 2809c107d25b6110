import { DocumentIndexingError } from './document-indexing-error.ts';
import { reindexBatch } from './reindex-batch.ts';
import type { BatchDependencies } from './reindex-dependencies.ts';

/** The number of indexed chunks, or the failure of a document, whose chunks then pause. */
export type BatchResult = { chunks: number } | { failure: DocumentIndexingError };

/**
 * Indexes the next chunks. A document that fails pauses, and the others continue with the next batch.
 * @throws for any other failure, such as an unreachable PostgreSQL.
 */
export async function tryBatch(dependencies: BatchDependencies, limit: number): Promise<BatchResult> {
  const { documents, stemmer, failedDocuments, logger } = dependencies;
  try {
    const documentIds = await reindexBatch(documents, {
      stemmer,
      limit,
      without: failedDocuments.pausing(Date.now()),
    });
    for (const documentId of new Set(documentIds)) {
      if (failedDocuments.delete(documentId)) logger.info({ documentId }, 'chunks of the document are indexed now');
    }
    return { chunks: documentIds.length };
  } catch (error) {
    if (!(error instanceof DocumentIndexingError)) throw error;
    pause(dependencies, error);
    return { failure: error };
  }
}

function pause({ failedDocuments, logger }: BatchDependencies, { documentIds, cause }: DocumentIndexingError): void {
  for (const documentId of documentIds) {
    if (!failedDocuments.add(documentId, Date.now())) continue;
    logger.error(
      { err: cause, documentId },
      'chunks of a document cannot be indexed again: others are, it is tried again',
    );
  }
}
