import { TaskwireError } from '@taskwire/protocol';
import * as z from 'zod';
import { callerProcedure, requireOwned } from '@taskwire/router';
import { inTurns, type DocumentServices } from '../document-services.ts';
import type { DocumentPage } from '../document-store.ts';

const pageInput = z.object({
  documentId: z.uuid(),
  /** 1-based. A document without pages has one. */
  page: z
    .int()
    .min(1)
    .max(2 ** 31 - 1),
  /** The chunk to begin at: that of a hit, or the `nextOrdinal` of the answer before. */
  fromOrdinal: z
    .int()
    .nonnegative()
    .max(2 ** 31 - 1)
    .default(0),
  /** Largest number of pieces. */
  limit: z.int().min(1).max(200).default(100),
});

/** The text of one page, in order and without repetitions. */
export interface PageText extends DocumentPage {
  documentId: string;
  fileName: string;
  page: number;
  /** Number of pages of the document. */
  pages: number;
}

/** The text of a page of one of the caller's documents, at most `limit` pieces at a time. */
export function page(services: DocumentServices) {
  return callerProcedure.input(pageInput).query(async ({ ctx, input }): Promise<PageText> => {
    const { documentId, ...from } = input;
    const { store } = inTurns(services, ctx.ports);
    const { fileName, pages } = requireOwned(ctx.caller, await store.find(documentId), 'document');
    if (from.page > pages) throw beyondTheEnd(pages);
    return { documentId, fileName, page: from.page, pages, ...(await store.page(documentId, from)) };
  });
}

function beyondTheEnd(pages: number): TaskwireError {
  const message = `the document has ${pages} ${pages === 1 ? 'page' : 'pages'}: give a page from 1 to ${pages}`;
  return new TaskwireError('INVALID_INPUT', `page: ${message}`, { fields: [{ path: 'page', message }] });
}
