import { callerProcedure, pageInput, parseListCursor, requireOwned, toPage } from '@taskwire/router';
import * as z from 'zod';
import { deleteDocument } from '../delete-document.ts';
import { inTurns, type DocumentServices } from '../document-services.ts';
import type { StoredDocument } from '../document-store.ts';

/** A document as its owner sees it. Times are milliseconds since 1970. */
export type Document = Omit<StoredDocument, 'ownerId'>;

/** A stored document as its owner sees it. */
export function toDocument({ ownerId: _ownerId, ...document }: StoredDocument): Document {
  return document;
}

/** The documents of the caller, newest first, a page at a time. */
export function list(services: DocumentServices) {
  return callerProcedure.input(z.object(pageInput)).query(async ({ ctx, input }) => {
    const { store } = inTurns(services, ctx.ports);
    const { cursor, limit } = input;
    const after = parseListCursor(cursor);
    const query = { ownerId: ctx.caller.userId, limit: limit + 1, ...(after === undefined ? {} : { after }) };
    return toPage(await store.list(query), limit, {
      view: toDocument,
      position: ({ createdAt, documentId }) => ({ createdAt, id: documentId }),
    });
  });
}

/** One document of the caller. */
export function get(services: DocumentServices) {
  return callerProcedure.input(z.object({ documentId: z.uuid() })).query(async ({ ctx, input }) => {
    const { store } = inTurns(services, ctx.ports);
    return toDocument(requireOwned(ctx.caller, await store.find(input.documentId), 'document'));
  });
}

/** Deletes a document with its chunks, and its file if nothing else uses that. CONFLICT while a task reads it. */
export function deleteOne(services: DocumentServices) {
  return callerProcedure.input(z.object({ documentId: z.uuid() })).mutation(async ({ ctx, input }) => {
    const { store } = inTurns(services, ctx.ports);
    const document = requireOwned(ctx.caller, await store.find(input.documentId), 'document');
    await deleteDocument({ ...ctx.ports, store }, document);
    return { documentId: document.documentId };
  });
}
