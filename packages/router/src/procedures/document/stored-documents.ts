import type { StoredDocument } from '../../ports/document-store.ts';
import * as z from 'zod';
import { callerProcedure } from '../../trpc.ts';
import { pageInput, parseListCursor, toPage } from '../../use-cases/list-position.ts';
import { requireOwned } from '../../use-cases/require-owned.ts';
import { deleteDocument } from '../../use-cases/deleting/delete-document.ts';

/** A document as its owner sees it. Times are milliseconds since 1970. */
export type Document = Omit<StoredDocument, 'ownerId'>;

/** A stored document as its owner sees it. */
export function toDocument({ ownerId: _ownerId, ...document }: StoredDocument): Document {
  return document;
}

/** The documents of the caller, newest first, a page at a time. */
export const list = callerProcedure.input(z.object(pageInput)).query(async ({ ctx, input }) => {
  const { cursor, limit } = input;
  const after = parseListCursor(cursor);
  const query = { ownerId: ctx.caller.userId, limit: limit + 1, ...(after === undefined ? {} : { after }) };
  return toPage(await ctx.ports.documentStore.list(query), limit, {
    view: toDocument,
    position: ({ createdAt, documentId }) => ({ createdAt, id: documentId }),
  });
});

/** One document of the caller. */
export const get = callerProcedure
  .input(z.object({ documentId: z.uuid() }))
  .query(async ({ ctx, input }) =>
    toDocument(requireOwned(ctx.caller, await ctx.ports.documentStore.find(input.documentId), 'document')),
  );

/** Deletes a document with its chunks, and its file if nothing else uses that. CONFLICT while a task reads it. */
export const deleteOne = callerProcedure.input(z.object({ documentId: z.uuid() })).mutation(async ({ ctx, input }) => {
  const document = requireOwned(ctx.caller, await ctx.ports.documentStore.find(input.documentId), 'document');
  await deleteDocument(ctx.ports, document);
  return { documentId: document.documentId };
});
