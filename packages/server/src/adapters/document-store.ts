import { releaseUploads, type Document, type DocumentChunk } from '@taskwire/db';
import { forgetTerms } from '@taskwire/documents';
import { TERMINAL_STATUSES } from '@taskwire/protocol';
import type { DocumentStore, PagePiece, StoredDocument } from '@taskwire/router';
import { documentCoverageSchema } from '@taskwire/tasks';
import * as z from 'zod';
import { translated, type ApiDatabase } from './api-database.ts';
import { NEWEST_FIRST, rowsAfter } from './keyset.ts';
import { pageText } from './page-text.ts';

/** Longest wait (ms) of a deletion for a task that writes the document. */
const LOCK_WAIT_MS = 3_000;
/** Longest time (ms) in which the chunks of the largest document are deleted. */
const DELETE_MS = 60_000;

const WITH_SIZE = { upload: { select: { sizeBytes: true } } } as const;
const labelsSchema = z.record(z.string(), z.string());

/** The rows of documents in PostgreSQL. */
export function createDocumentStore(database: ApiDatabase): DocumentStore {
  return {
    async find(documentId) {
      const row = await database.document.findUnique({ where: { id: documentId }, include: WITH_SIZE });
      return row === null ? undefined : toStoredDocument(row);
    },
    async list({ ownerId, after, limit }) {
      const where = { ownerId, ...(after === undefined ? {} : rowsAfter(after)) };
      const rows = await database.document.findMany({ where, orderBy: NEWEST_FIRST, take: limit, include: WITH_SIZE });
      return rows.map(toStoredDocument);
    },
    async page(documentId, { page, fromOrdinal, limit }) {
      const document = await database.document.findUnique({ where: { id: documentId }, select: { pageLabels: true } });
      const onPage = { documentId, page: { lte: page }, OR: [{ page }, { lastPage: { gte: page } }] };
      const rows = await database.documentChunk.findMany({
        where: { ...onPage, ordinal: { gte: fromOrdinal } },
        orderBy: { ordinal: 'asc' },
        take: limit + 1,
      });
      // Chunks are in the order of the pages: if the one before is on another page, all earlier ones are.
      const ordinal = rows.length === 0 ? { lt: fromOrdinal } : fromOrdinal - 1;
      const before = await database.documentChunk.findFirst({ where: { ...onPage, ordinal }, select: { id: true } });
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
      const { contentHash = null } = (await database.document.findUnique({ where: { id: documentId } })) ?? {};
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
      const deletion = database.$transaction(
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

/** Deletes the chunks of a document, also those that a worker of an earlier version has written. */
async function deleteChunks(
  transaction: Pick<ApiDatabase, '$executeRaw' | '$queryRaw' | 'documentChunk'>,
  { id: documentId, ownerId, taskId }: Pick<Document, 'id' | 'ownerId' | 'taskId'>,
): Promise<void> {
  await forgetTerms(transaction, { ownerId, documentId });
  const earlier = taskId === null ? [] : [{ taskId }];
  await transaction.documentChunk.deleteMany({ where: { OR: [{ documentId }, ...earlier] } });
}

/** A row as the router knows it: columns that are null are absent, and so is a coverage that does not fit. */
function toStoredDocument(row: Document & { upload: { sizeBytes: number } | null }): StoredDocument {
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
    ...(row.upload === null ? {} : { sizeBytes: row.upload.sizeBytes }),
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
