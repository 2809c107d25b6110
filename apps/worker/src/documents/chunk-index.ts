import { setTimeout as delay } from 'node:timers/promises';
import { patiently, releaseUploads, type Database, type Transaction } from '@taskwire/db';
import {
  DocumentWords,
  forgetTerms,
  indexedChunks,
  insertChunks,
  rememberTerms,
  type Chunk,
  type Stemmer,
} from '@taskwire/documents';
import { documentLock, fileLock, tryLock } from './document-locks.ts';
import { placeOf, writeDocument, type DocumentFacts, type DocumentPlace } from './document-row.ts';

/** Longest time (ms) of indexing one document before PostgreSQL gives it up. */
const LONGEST_INDEXING_MS = 60 * 60_000;
/** Longest absence (ms) of PostgreSQL, and wait for a connection. */
const PATIENCE_MS = 60_000;
/** Pause (ms) before another try where another task writes the same document. */
const BUSY_PAUSE_MS = 250;

/** A document that is to be searchable. */
export interface ChunkedDocument {
  facts: DocumentFacts;
  /** Gives the chunks from the first one on, as often as it is called. */
  batches: () => AsyncIterable<readonly Chunk[]>;
  stemmer: Stemmer;
  /** Ends the waiting for PostgreSQL and for other tasks. */
  signal: AbortSignal;
}

/** Observer of an indexing. An error that it throws undoes all of it. */
export interface IndexingObserver {
  /** Called after each batch, with the number of chunks that are in. */
  onBatch(indexed: number): Promise<void>;
  /** Called once all chunks are in, with the number of chunks whose words are in the owner's vocabulary. */
  onWords(chunks: number): Promise<void>;
  /** Called while this task waits for another one that writes the same document. */
  onBusy(): Promise<void>;
}

/**
 * Makes a document's chunks searchable, with its row, all at once: in one transaction that replaces the chunks of an
 * earlier reading, so that it may be repeated, and that leaves nothing behind when it fails or is aborted. It begins again
 * when PostgreSQL was away in the middle. Tasks that write one document do so one after the other. The words follow after
 * the transaction: an end in the middle of them leaves the document whole, and some misspelled questions without help.
 * @returns the document's id.
 * @throws PermanentTaskError DOCUMENT_MISSING or DOCUMENT_DUPLICATE.
 */
export async function indexChunks(
  database: Database,
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

/** @returns undefined, and nothing is done, if another task writes the document. */
async function indexOnce(
  database: Database,
  document: ChunkedDocument,
  observer: IndexingObserver,
): Promise<string | undefined> {
  const { facts } = document;
  return database.$transaction(
    async (transaction) => {
      if (!(await tryLock(transaction, fileLock(facts)))) return undefined;
      const place = await placeOf(transaction, facts);
      if (!(await tryLock(transaction, documentLock(place.documentId)))) return undefined;
      // Before the lock was taken, another task may have put its file into the document's place.
      if (await hasMoved(transaction, place, facts)) return undefined;
      await writeChunks(transaction, { ...document, place }, observer);
      if (facts.replaces !== undefined) await releaseReplaced(transaction, place);
      // Last: the row is locked from here on only.
      await writeDocument(transaction, place, facts);
      return place.documentId;
    },
    { timeout: LONGEST_INDEXING_MS, maxWait: PATIENCE_MS },
  );
}

/** Whether the document of a file is another one by now, or gone. */
async function hasMoved(transaction: Transaction, place: DocumentPlace, facts: DocumentFacts): Promise<boolean> {
  if (place.isNew) return false;
  return (await placeOf(transaction, facts)).documentId !== place.documentId;
}

/** Leaves the files that the document had to the sweeper. */
async function releaseReplaced(transaction: Transaction, { documentId }: DocumentPlace): Promise<void> {
  const replaced = await transaction.document.findUnique({ where: { id: documentId } });
  if (replaced !== null) await releaseUploads(transaction, replaced);
}

async function writeChunks(
  transaction: Transaction,
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

/** Writes the words of the chunks, up to a limit, into the owner's vocabulary. Words of another run may be there too. */
async function rememberWords(
  database: Database,
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
