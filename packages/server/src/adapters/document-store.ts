import { forgetTerms, releaseUploads, type Document, type DocumentChunk } from '@taskwire/documents';
import { TERMINAL_STATUSES } from '@taskwire/protocol';
import type { DocumentStore, PagePiece, StoredDocument } from '@taskwire/router';
import { documentCoverageSchema } from '@taskwire/tasks';
import * as z from 'zod';
import { translated, type ApiDatabase, type ApiDocuments } from './api-database.ts';
import { NEWEST_FIRST, rowsAfter } from './keyset.ts';
import { pageText } from './page-text.ts';

/** Longest wait (ms) of a deletion for a task that writes the document. */
const LOCK_WAIT_MS = 3_000;
/** Longest time (ms) in which the chunks of the largest document are deleted. */
const DELETE_MS = 60_000;

const labelsSchema = z.record(z.string(), z.string());

/** The databases of the store. */
interface Databases {
  /** Of the core: tasks and uploads. */
  database: ApiDatabase;
  documents: ApiDocuments;
}

/** The rows of documents in PostgreSQL. */
export function createDocumentStore({ database, documents }: Databases): DocumentStore {
  return {
    async find(documentId) {
      const row = await documents.document.findUnique({ where: { id: documentId } });
      return row === null ? undefined : toStoredDocument(row, await sizesOf(database, [row]));
    },
    async list({ ownerId, after, limit }) {
      const where = { ownerId, ...(after === undefined ? {} : rowsAfter(after)) };
      const rows = await documents.document.findMany({ where, orderBy: NEWEST_FIRST, take: limit });
      const sizes = await sizesOf(database, rows);
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
      const sameFile = [
        ...(uploadId === undefined ? [] : [{ id: uploadId }]),
        ...(contentHash === null ? [] : [{ contentHash }]),
      ];
      const tasks = await database.task.findMany({
        where: {
          ownerId,
          status: { notIn: [...TERMINAL_STATUSES] },
          OR: [
            { uploads: { some: { upload: { OR: sameFile } } } },
            { input: { path: ['replaces'], equals: documentId } },
          ],
        },
        select: { id: true },
      });
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

/** The sizes (bytes) of the documents' files, by upload. */
async function sizesOf(database: ApiDatabase, rows: readonly Document[]): Promise<Map<string, number>> {
  const ids = rows.flatMap(({ uploadId }) => uploadId ?? []);
  if (ids.length === 0) return new Map();
  const uploads = await database.upload.findMany({ where: { id: { in: ids } }, select: { id: true, sizeBytes: true } });
  return new Map(uploads.map(({ id, sizeBytes }) => [id, sizeBytes]));
}

/** Deletes the chunks of a document, also those that a worker of an earlier version has written. */
async function deleteChunks(
  transaction: Pick<ApiDocuments, '$executeRaw' | '$queryRaw' | 'documentChunk'>,
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
