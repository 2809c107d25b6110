import * as z from 'zod';
import { callerProcedure } from '../../trpc.ts';
import { requireOwned } from '../../use-cases/require-owned.ts';

const pageNumber = z
  .int()
  .min(1)
  .max(2 ** 31 - 1);

const pageRange = z
  .object({
    /** First page, 1-based. */
    from: z.exactOptional(pageNumber),
    /** Last page; it is included. */
    to: z.exactOptional(pageNumber),
  })
  .refine(({ from = 1, to = Infinity }) => from <= to, { message: '`from` is after `to`: give the lower page first' });

const searchInput = z.object({
  /** Words, `"phrases"`, `-excluded`, `either OR other`, `begin*`. */
  query: z.string().trim().min(1).max(500),
  /** Look into this document only. */
  documentId: z.exactOptional(z.uuid()),
  /** Look into the document of this task only. */
  taskId: z.exactOptional(z.uuid()),
  /** Look at these pages only. */
  pages: z.exactOptional(pageRange),
  limit: z.int().min(1).max(50).default(10),
});

/** Passages of the caller's documents, best first, with the found words marked. */
export const search = callerProcedure.input(searchInput).query(async ({ ctx, input }) => {
  const { documentId, taskId } = input;
  if (taskId !== undefined) requireOwned(ctx.caller, await ctx.ports.tasks.find(taskId), 'task');
  if (documentId !== undefined) requireOwned(ctx.caller, await ctx.ports.documentStore.find(documentId), 'document');
  return ctx.ports.documents.search({ ...input, ownerId: ctx.caller.userId });
});
