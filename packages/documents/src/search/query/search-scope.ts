import { Prisma } from '@taskwire/db';

/** The documents and pages that a search looks at. */
export interface SearchScope {
  ownerId: string;
  documentId?: string | undefined;
  /** The document that this task has read last. */
  taskId?: string | undefined;
  /** 1-based, inclusive. */
  pages?: { from?: number | undefined; to?: number | undefined } | undefined;
}

/** Whether the scope is one document: one that has no pages then shows all its passages, not the best one alone. */
export function isInOneDocument({ documentId, taskId }: SearchScope): boolean {
  return documentId !== undefined || taskId !== undefined;
}

/** The condition that a chunk's row belongs to the scope, after other conditions. */
export function scopeCondition({ ownerId, documentId, taskId, pages }: SearchScope): Prisma.Sql {
  const ofDocument = documentId === undefined ? Prisma.empty : Prisma.sql`AND "documentId" = ${documentId}::uuid`;
  const ofTask =
    taskId === undefined
      ? Prisma.empty
      : Prisma.sql`AND "documentId" = (
          SELECT id FROM "Document" WHERE "taskId" = ${taskId}::uuid AND "ownerId" = ${ownerId})`;
  // The second condition is tested once: where no document has that page, no chunk is looked at.
  const from =
    pages?.from === undefined
      ? Prisma.empty
      : Prisma.sql`AND coalesce("lastPage", page) >= ${pages.from} AND EXISTS (
          SELECT FROM "Document" WHERE "ownerId" = ${ownerId} AND pages >= ${pages.from})`;
  const to = pages?.to === undefined ? Prisma.empty : Prisma.sql`AND page <= ${pages.to}`;
  return Prisma.sql`${ofDocument} ${ofTask} ${from} ${to}`;
}
