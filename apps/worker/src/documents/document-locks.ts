import type { Database } from '@taskwire/db';

/**
 * Locks what a name stands for until the transaction ends, if nothing else holds it. It never waits, so that locks taken
 * in any order cause no deadlock.
 */
export async function tryLock(transaction: Pick<Database, '$queryRaw'>, name: string): Promise<boolean> {
  const rows = await transaction.$queryRaw<{ isLocked: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) AS "isLocked"`;
  return rows[0]?.isLocked === true;
}

/** The lock of a file's content among the documents of its owner. */
export function fileLock({ ownerId, contentHash }: { ownerId: string; contentHash: string }): string {
  return `taskwire document file ${contentHash} ${ownerId}`;
}

/** The lock of a document's chunks. */
export function documentLock(documentId: string): string {
  return `taskwire document ${documentId}`;
}
