import { callerProcedure, requireOwned } from '@taskwire/router';
import * as z from 'zod';
import { inTurns, type DocumentServices } from '../document-services.ts';

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
export function search(services: DocumentServices) {
  return callerProcedure.input(searchInput).query(async ({ ctx, input }) => {
    const { documentId, taskId } = input;
    const { ports, caller } = ctx;
    const documents = inTurns(services, ports);
    if (taskId !== undefined) requireOwned(caller, await ports.tasks.find(taskId), 'task');
    if (documentId !== undefined) requireOwned(caller, await documents.store.find(documentId), 'document');
    return documents.search.search({ ...input, ownerId: caller.userId });
  });
}
