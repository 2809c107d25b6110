import { setTimeout as delay } from 'node:timers/promises';
import { patiently } from '@taskwire/db';
import {
  DocumentWords,
  forgetTerms,
  indexedChunks,
  insertChunks,
  releaseUploads,
  rememberTerms,
  type Chunk,
  type DocumentDatabase,
  type DocumentTransaction,
  type Stemmer,
} from '@taskwire/documents';
import { documentLock, fileLock, tryLock } from './document-locks.ts';
import { placeOf, writeDocument, type DocumentFacts, type DocumentPlace } from './document-row.ts';

/** Longest time (ms) for indexing one document. */
const LONGEST_INDEXING_MS = 60 * 60_000;
/** Longest absence (ms) of PostgreSQL, and longest wait for a connection. */
const PATIENCE_MS = 60_000;
/** Pause (ms) before a retry while another task writes the same document. */
const BUSY_PAUSE_MS = 250;

/** A document to make searchable. */
export interface ChunkedDocument {
  facts: DocumentFacts;
  /** Returns the chunks from the first one on. It may be called several times. */
  batches: () => AsyncIterable<readonly Chunk[]>;
  stemmer: Stemmer;
  /** Ends the wait for PostgreSQL and for other tasks. */
  signal: AbortSignal;
}

/** Observer of an indexing. If it throws, the indexing is rolled back. */
export interface IndexingObserver {
  /** Called after each batch, with the number of chunks that are indexed. */
  onBatch(indexed: number): Promise<void>;
  /** Called after all chunks are indexed, with the number of chunks whose words are in the owner's vocabulary. */
  onWords(chunks: number): Promise<void>;
  /** Called while this task waits for another task that writes the same document. */
  onBusy(): Promise<void>;
}

/**
 * Makes a document's chunks searchable, with its row, in one transaction. The transaction replaces the chunks of an
 * earlier reading, so that the call may be repeated. A failure or an abort leaves no trace. If PostgreSQL was away
 * meanwhile, the call begins again. Tasks that write the same document take turns. The words follow after the
 * transaction: an end during them leaves the document complete, and only some misspelled questions uncorrected.
 * @returns the document's id.
 * @throws PermanentTaskError DOCUMENT_MISSING or DOCUMENT_DUPLICATE.
 */
export async function indexChunks(
  database: DocumentDatabase,
  document: ChunkedDocument,
  observer: IndexingObserver,
): Promise<string> {
  const { signal } = document;
  for (;;) {
    const documentId = await patiently(() => indexOnce(database, document, observer), {
      limitMs: PATIENCE_MS,
      signal,
    });
    if (documentId !== undefined) {
      await rememberWords(database, document, observer);
      return documentId;
    }
    await observer.onBusy();
    await delay(BUSY_PAUSE_MS, undefined, { signal }).catch(() => undefined);
    signal.throwIfAborted();
  }
}

/** @returns undefined, without any change, if another task writes the document. */
async function indexOnce(
  database: DocumentDatabase,
  document: ChunkedDocument,
  observer: IndexingObserver,
): Promise<string | undefined> {
  const { facts } = document;
  return database.$transaction(
    async (transaction) => {
      if (!(await tryLock(transaction, fileLock(facts)))) return undefined;
      const place = await placeOf(transaction, facts);
      if (!(await tryLock(transaction, documentLock(place.documentId)))) return undefined;
      // Before this task took the lock, another task may have moved its file to this document.
      if (await hasMoved(transaction, place, facts)) return undefined;
      await writeChunks(transaction, { ...document, place }, observer);
      if (facts.replaces !== undefined) await releaseReplaced(transaction, place);
      // The last step, because the row stays locked from here on.
      await writeDocument(transaction, place, facts);
      return place.documentId;
    },
    { timeout: LONGEST_INDEXING_MS, maxWait: PATIENCE_MS },
  );
}

/** Whether the file now belongs to another document, or its document is gone. */
async function hasMoved(
  transaction: DocumentTransaction,
  place: DocumentPlace,
  facts: DocumentFacts,
): Promise<boolean> {
  if (place.isNew) return false;
  return (await placeOf(transaction, facts)).documentId !== place.documentId;
}

/** Leaves the document's earlier files to the sweeper. */
async function releaseReplaced(transaction: DocumentTransaction, { documentId }: DocumentPlace): Promise<void> {
  const replaced = await transaction.document.findUnique({ where: { id: documentId } });
  if (replaced !== null) await releaseUploads(transaction, replaced);
}

async function writeChunks(
  transaction: DocumentTransaction,
  { place: { documentId }, facts, batches, stemmer }: ChunkedDocument & { place: DocumentPlace },
  observer: IndexingObserver,
): Promise<void> {
  const { ownerId, taskId, languages } = facts;
  await forgetTerms(transaction, { ownerId, documentId });
  await transaction.documentChunk.deleteMany({ where: { OR: [{ documentId }, { taskId }] } });
  let indexed = 0;
  for await (const batch of batches()) {
    const rows = await indexedChunks(batch, { ownerId, languages, stemmer });
    await insertChunks(
      transaction,
      rows.map((chunk) => ({ ...chunk, documentId })),
    );
    indexed += batch.length;
    await observer.onBatch(indexed);
  }
}

/**
 * Writes the words of the chunks, up to a limit, into the owner's vocabulary. Words of an interrupted run may already
 * be there.
 */
async function rememberWords(
  database: DocumentDatabase,
  { facts, batches, signal }: ChunkedDocument,
  observer: IndexingObserver,
): Promise<void> {
  const { ownerId } = facts;
  const words = new DocumentWords();
  let done = 0;
  for await (const batch of batches()) {
    const forms = words.newIn(batch);
    await patiently(() => rememberTerms(database, { ownerId, forms }), { limitMs: PATIENCE_MS, signal });
    signal.throwIfAborted();
    done += batch.length;
    await observer.onWords(done);
  }
}
