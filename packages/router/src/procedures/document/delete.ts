import * as z from 'zod';
import { callerProcedure } from '../../trpc.ts';
import { deleteDocument } from '../../use-cases/delete-document.ts';
import { requireOwned } from '../../use-cases/require-owned.ts';

/** Deletes a document with its chunks, and its file if nothing else uses that. CONFLICT while a task reads it. */
export const deleteOne = callerProcedure.input(z.object({ documentId: z.uuid() })).mutation(async ({ ctx, input }) => {
  const document = requireOwned(ctx.caller, await ctx.ports.documentStore.find(input.documentId), 'document');
  await deleteDocument(ctx.ports, document);
  return { documentId: document.documentId };
});
