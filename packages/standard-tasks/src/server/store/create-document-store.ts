import { forgetTerms, releaseUploads, type Document, type DocumentChunk } from '@taskwire/documents';
import { TERMINAL_STATUSES } from '@taskwire/protocol';
import type { ListPosition } from '@taskwire/router';
import * as z from 'zod';
import { documentCoverageSchema } from '../../definitions/document-ingest.ts';
import type { DocumentStore, PagePiece, StoredDocument } from '../document-store.ts';
import { translated, type DocumentClient } from './document-client.ts';
import { pageText } from './page-text.ts';

/** Longest wait (ms) of a deletion for a task that writes the document. */
const LOCK_WAIT_MS = 3_000;
/** Longest time (ms) in which the chunks of the largest document are deleted. */
const DELETE_MS = 60_000;

const labelsSchema = z.record(z.string(), z.string());

/** The rows of documents in PostgreSQL. */
export function createDocumentStore(documents: DocumentClient): DocumentStore {
  return {
    async find(documentId) {
      const row = await documents.document.findUnique({ where: { id: documentId } });
      return row === null ? undefined : toStoredDocument(row, await sizesOf(documents, [row]));
    },
    async list({ ownerId, after, limit }) {
      const where = { ownerId, ...(after === undefined ? {} : rowsAfter(after)) };
      // The id decides between rows of the same millisecond.
      const orderBy = [{ createdAt: 'desc' as const }, { id: 'desc' as const }];
      const rows = await documents.document.findMany({ where, orderBy, take: limit });
      const sizes = await sizesOf(documents, rows);
      return rows.map((row) => toStoredDocument(row, sizes));
    },
    async page(documentId, { page, fromOrdinal, limit }) {
      const document = await documents.document.findUnique({ where: { id: documentId }, select: { pageLabels: true } });
      const onPage = { documentId, page: { lte: page }, OR: [{ page }, { lastPage: { gte: page } }] };
      const rows = await documents.documentChunk.findMany({
        where: { ...onPage, ordinal: { gte: fromOrdinal } },
        orderBy: { ordinal: 'asc' },
        take: limit + 1,
      });
      // Chunks are in the order of the pages: if the one before is on another page, all earlier ones are.
      const ordinal = rows.length === 0 ? { lt: fromOrdinal } : fromOrdinal - 1;
      const before = await documents.documentChunk.findFirst({ where: { ...onPage, ordinal }, select: { id: true } });
      const next = rows[limit];
      const label = labelsSchema.safeParse(document?.pageLabels).data?.[String(page)];
      return {
        ...(label === undefined ? {} : { pageLabel: label }),
        ...(before === null ? {} : { hasEarlier: true as const }),
        pieces: rows.slice(0, limit).flatMap((row) => toPiece(row, page)),
        ...(next === undefined ? {} : { nextOrdinal: next.ordinal }),
      };
    },
    async readers({ documentId, ownerId, uploadId }) {
      const { contentHash = null } = (await documents.document.findUnique({ where: { id: documentId } })) ?? {};
      const tasks = await documents.$queryRaw<{ id: string }[]>`
        SELECT task.id FROM "Task" AS task
        WHERE task."ownerId" = ${ownerId} AND task.status::text <> ALL(${[...TERMINAL_STATUSES]}::text[])
          AND (task.input ->> 'replaces' = ${documentId}::text OR EXISTS (
            SELECT FROM "TaskUpload" AS used JOIN "Upload" AS upload ON upload.id = used."uploadId"
            WHERE used."taskId" = task.id
              AND (upload.id = ${uploadId ?? null}::uuid OR upload."contentHash" = ${contentHash}::text)))`;
      return tasks.map(({ id }) => id);
    },
    async delete(documentId) {
      const deletion = documents.$transaction(
        async (transaction) => {
          await transaction.$executeRaw`SELECT set_config('lock_timeout', ${String(LOCK_WAIT_MS)}, true)`;
          const document = await transaction.document.findUnique({ where: { id: documentId } });
          if (document === null) return { uploadIds: [] };
          await deleteChunks(transaction, document);
          // In the order in which the deletion of a task comes to these rows: else the two could wait for each other.
          const uploadIds = await releaseUploads(transaction, document);
          await transaction.$executeRaw`DELETE FROM "Document" WHERE id = ${documentId}::uuid`;
          return { uploadIds };
        },
        { timeout: DELETE_MS },
      );
      return translated(deletion);
    },
  };
}

/** The condition of rows after a position in a newest-first list. With `createdAt` first the index starts there. */
function rowsAfter(position: ListPosition) {
  const createdAt = new Date(position.createdAt);
  return {
    createdAt: { lte: createdAt },
    OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: position.id } }],
  };
}

/** The sizes (bytes) of the documents' files, by upload. */
async function sizesOf(documents: DocumentClient, rows: readonly Document[]): Promise<Map<string, number>> {
  const ids = rows.flatMap(({ uploadId }) => uploadId ?? []);
  if (ids.length === 0) return new Map();
  const uploads = await documents.$queryRaw<{ id: string; sizeBytes: number }[]>`
    SELECT id, "sizeBytes" FROM "Upload" WHERE id = ANY(${ids}::uuid[])`;
  return new Map(uploads.map(({ id, sizeBytes }) => [id, sizeBytes]));
}

/** Deletes the chunks of a document, also those that a worker of an earlier version has written. */
async function deleteChunks(
  transaction: Pick<DocumentClient, '$executeRaw' | '$queryRaw' | 'documentChunk'>,
  { id: documentId, ownerId, taskId }: Pick<Document, 'id' | 'ownerId' | 'taskId'>,
): Promise<void> {
  await forgetTerms(transaction, { ownerId, documentId });
  const earlier = taskId === null ? [] : [{ taskId }];
  await transaction.documentChunk.deleteMany({ where: { OR: [{ documentId }, ...earlier] } });
}

/** A row as the router knows it: columns that are null are absent, and so is a coverage that does not fit. */
function toStoredDocument(row: Document, sizes: ReadonlyMap<string, number>): StoredDocument {
  const sizeBytes = row.uploadId === null ? undefined : sizes.get(row.uploadId);
  const coverage = documentCoverageSchema.safeParse(row.coverage).data;
  return {
    documentId: row.id,
    ownerId: row.ownerId,
    fileName: row.fileName,
    mediaType: row.mediaType,
    pages: row.pages,
    characters: row.characters,
    languages: row.languages,
    warnings: row.warnings,
    createdAt: row.createdAt.getTime(),
    updatedAt: row.updatedAt.getTime(),
    ...(sizeBytes === undefined ? {} : { sizeBytes }),
    ...(row.uploadId === null ? {} : { uploadId: row.uploadId }),
    ...(row.taskId === null ? {} : { taskId: row.taskId }),
    ...(coverage === undefined ? {} : { coverage }),
  };
}

function toPiece(row: DocumentChunk, page: number): PagePiece[] {
  const { text, isContinuation, repeated } = pageText(row, page);
  if (text === '' && repeated === 0) return [];
  const { ordinal, heading, headingPath } = row;
  return [
    {
      ordinal,
      ...(heading === null ? {} : { heading }),
      ...(headingPath.length === 0 ? {} : { headingPath }),
      text,
      isContinuation,
      ...(repeated === 0 ? {} : { repeated }),
    },
  ];
}
