import * as z from 'zod';
import { callerProcedure } from '../../trpc.ts';
import { owned } from '../../use-cases/owned.ts';

const searchInput = z.object({
  query: z.string().trim().min(1).max(500),
  /** Look into this document only. */
  taskId: z.exactOptional(z.uuid()),
  limit: z.int().min(1).max(50).default(10),
});

/** Ranked pieces of the caller's documents, with the found words marked. */
export const search = callerProcedure.input(searchInput).query(async ({ ctx, input }) => {
  if (input.taskId !== undefined) owned(ctx.caller, await ctx.ports.tasks.find(input.taskId), 'task');
  return { hits: await ctx.ports.documents.search({ ...input, ownerId: ctx.caller.userId }) };
});
