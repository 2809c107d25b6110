import { Prisma } from '../../generated/client.ts';
import type { SearchRequest } from '../search-answer.ts';

/** The documents and pages of a search. */
export type SearchScope = Omit<SearchRequest, 'query' | 'limit'>;

/** Whether the scope is one document. A document without pages then shows all its passages, not only the best one. */
export function isInOneDocument({ documentId, taskId }: SearchScope): boolean {
  return documentId !== undefined || taskId !== undefined;
}

/** The condition that a chunk's row belongs to the scope. It follows other conditions. */
export function scopeCondition({ ownerId, documentId, taskId, pages }: SearchScope): Prisma.Sql {
  const ofDocument = documentId === undefined ? Prisma.empty : Prisma.sql`AND "documentId" = ${documentId}::uuid`;
  const ofTask =
    taskId === undefined
      ? Prisma.empty
      : Prisma.sql`AND "documentId" = (
          SELECT id FROM "Document" WHERE "taskId" = ${taskId}::uuid AND "ownerId" = ${ownerId})`;
  // PostgreSQL tests the second condition once. If no document has that page, it reads no chunk.
  const from =
    pages?.from === undefined
      ? Prisma.empty
      : Prisma.sql`AND coalesce("lastPage", page) >= ${pages.from} AND EXISTS (
          SELECT FROM "Document" WHERE "ownerId" = ${ownerId} AND pages >= ${pages.from})`;
  const to = pages?.to === undefined ? Prisma.empty : Prisma.sql`AND page <= ${pages.to}`;
  return Prisma.sql`${ofDocument} ${ofTask} ${from} ${to}`;
}
