import * as z from 'zod';
import { callerProcedure } from '../../trpc.ts';
import { requireOwned } from '../../use-cases/require-owned.ts';
import { toDocument } from './view.ts';

/** One document of the caller's. */
export const get = callerProcedure
  .input(z.object({ documentId: z.uuid() }))
  .query(async ({ ctx, input }) =>
    toDocument(requireOwned(ctx.caller, await ctx.ports.documentStore.find(input.documentId), 'document')),
  );
