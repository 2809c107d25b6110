import * as z from 'zod';
import { callerProcedure } from '../../trpc.ts';
import { pageInput, parseListCursor, toPage } from '../../use-cases/list-position.ts';
import { toDocument } from './view.ts';

/** The caller's documents, newest first, a page at a time. */
export const list = callerProcedure.input(z.object(pageInput)).query(async ({ ctx, input }) => {
  const { cursor, limit } = input;
  const after = parseListCursor(cursor);
  const query = { ownerId: ctx.caller.userId, limit: limit + 1, ...(after === undefined ? {} : { after }) };
  return toPage(await ctx.ports.documentStore.list(query), limit, {
    view: toDocument,
    position: ({ createdAt, documentId }) => ({ createdAt, id: documentId }),
  });
});
